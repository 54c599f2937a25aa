import { kindOf } from '../../../model/spec';
import { useModelStore } from '../../stores/model/model-store';
import classes from './builder.module.css';
import type { Dragged } from './drag';
import { LayerMark } from '../../kit/layer-mark';
import { summaryOf } from '../../kit/words/layer-summary';

/** The label that follows the pointer while a layer is dragged. */
export function DragPreview({ dragged }: { dragged: Dragged }) {
  const spec = useModelStore((state) =>
    dragged.from === 'stack' ? state.layers.find(({ uid }) => uid === dragged.uid)?.spec : undefined,
  );
  const kind = dragged.from === 'palette' ? dragged.kind : (spec?.kind ?? 'dense');
  return (
    <div className={classes.preview} data-from={dragged.from}>
      <LayerMark kind={kind} />
      <strong>{kindOf(kind).label}</strong>
      {spec && <span className={classes.summary}>{summaryOf(spec)}</span>}
    </div>
  );
}
