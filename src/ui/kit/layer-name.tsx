import classes from './layer-name.module.css';

/**
 * The id of a layer. If there is not enough room the middle is cut, `batchNorm…_3`, but never the
 * number that tells layers of a kind apart.
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
