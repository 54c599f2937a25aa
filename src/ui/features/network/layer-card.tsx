import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { memo, useEffect } from 'react';
import { kindOf } from '../../../model/spec';
import { LayerMark } from '../../kit/layer-mark';
import { formatCount, formatShape } from '../../kit/words/format';
import { bringIntoSight, networkCardId } from '../../kit/into-sight';
import { LayerName } from '../../kit/layer-name';
import { reportFor, useModelStore } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { GradientBar } from './gradient-bar';
import classes from './network.module.css';
import { Thumbnail } from './thumbnail';
import { useThumbnailStore } from './thumbnail-store';

/**
 * One layer of the network: shape, parameters, its output for the chosen image, and its gradient.
 */
export const LayerCard = memo(function LayerCard({ uid }: { uid: string }) {
  const kind = useModelStore((state) => state.layers.find((layer) => layer.uid === uid)?.spec.kind);
  const report = useModelStore((state) => reportFor(state, uid));
  const selected = useModelStore((state) => state.selected === uid);
  const id = useRunStore((state) => trainedIds(state)[uid]);
  useEffect(() => {
    if (selected) bringIntoSight(networkCardId(uid));
  }, [selected, uid]);
  if (!kind || !report) return null;
  const { family, label } = kindOf(kind);
  const { resolved } = report;
  return (
    <li
      id={networkCardId(uid)}
      className={classes.card}
      data-selected={selected || undefined}
      data-unknown={!resolved || undefined}
    >
      <Tooltip
        label={
          selected
            ? 'Closes the layer in the inspector'
            : 'Shows the layer in the inspector: its filters or weights, what it answers, and the gradients'
        }
        position="top-start"
        openDelay={700}
      >
        <button
          type="button"
          className={classes.open}
          aria-pressed={selected}
          aria-label={`Inspect ${report.id}`}
          onClick={() => useModelStore.getState().select(selected ? null : uid)}
        >
          <LayerMark kind={kind} size={28} />
          <span className={classes.names}>
            <span className={classes.id}>
              <LayerName id={report.id} />
            </span>
            <span className={`${classes.facts} numeric`}>
              {resolved ? formatShape(resolved.outputShape) : label}
              {resolved && resolved.parameters > 0 && (
                <span className={classes.parameters}> · {formatCount(resolved.parameters)} params</span>
              )}
            </span>
          </span>
          {report.problem && (
            <IconAlertTriangleFilled size={16} className={classes.warning} aria-label="Has a problem" />
          )}
        </button>
      </Tooltip>
      <div className={classes.picture}>
        <Output id={id} name={report.id} />
      </div>
      <GradientBar uid={uid} family={family} trainable={(resolved?.parameters ?? 0) > 0} />
    </li>
  );
});

/**
 * Renders again with every look at the layers, but the card around it does not.
 * @param id in the network being trained
 */
function Output({ id, name }: { id: string | undefined; name: string }) {
  const shown = useThumbnailStore((state) => state.outputs[id ?? '']);
  return <Thumbnail tensor={shown?.output} unitsPerCell={shown?.unitsPerCell} name={name} />;
}
