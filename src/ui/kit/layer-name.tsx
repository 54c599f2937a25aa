import classes from './layer-name.module.css';

/**
 * The id of a layer. Where room is short its stem is cut, `batchNorm…_3`, never the number that
 * tells it from its like.
 */
export function LayerName({ id }: { id: string }) {
  const cut = id.lastIndexOf('_');
  if (cut < 0) return id;
  return (
    <span className={classes.name} title={id}>
      <span className={classes.stem}>{id.slice(0, cut)}</span>
      <span className={classes.number}>{id.slice(cut)}</span>
    </span>
  );
}
