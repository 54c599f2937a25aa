import { useMemo, type ComponentType } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { at } from '../../../at';
import { formatCount } from '../../kit/words/format';
import { SelectWithHelp } from '../../kit/input/select-with-help';
import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { useModelStore, type ModelState } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './compare.module.css';
import { useCompareStore, type Side } from './compare-store';
import { LAYER_FIGURES } from './layer-figures';

interface Choice {
  uid: string;
  id: string;
  hasWeights: boolean;
}

/** Shows two layers of the network side by side, for the same image, also during training. */
export function CompareLayers({ Inspector }: { Inspector: ComponentType<{ uid: string }> }) {
  const layers = useLayers();
  const wanted = useCompareStore((state) => state.layers);
  const { a, b } = useMemo(() => chosenLayers(wanted, layers), [wanted, layers]);
  if (!a || !b) {
    return (
      <div className={classes.nothing}>
        <strong>No layers to compare</strong>
        <span>Stack at least one layer.</span>
      </div>
    );
  }
  return (
    <>
      <div className={classes.pickers}>
        <LayerPicker side="a" layers={layers} value={a} />
        <LayerPicker side="b" layers={layers} value={b} />
      </div>
      <Figures a={a} b={b} />
      <div className={classes.layers}>
        {[a, b].map(({ uid, id }, side) => (
          // The same layer may be on both sides.
          <section key={side} className={classes.layer} aria-label={`${NAMES[side === 0 ? 'a' : 'b']}: ${id}`}>
            <h3 className={classes.heading}>{id}</h3>
            <Inspector uid={uid} />
          </section>
        ))}
      </div>
    </>
  );
}

/** The layers of the stack that are in the network in training. */
function useLayers(): Choice[] {
  const networkIds = useRunStore(trainedIds);
  const uids = useModelStore(useShallow(({ layers }: ModelState) => layers.map(({ uid }) => uid)));
  const trained = useModelStore(
    useShallow(({ reports }: ModelState) => reports.map(({ resolved }) => (resolved?.parameters ?? 0) > 0)),
  );
  return useMemo(
    () =>
      uids.flatMap((uid, i) => {
        const id = networkIds[uid];
        return id ? [{ uid, id, hasWeights: at(trained, i) }] : [];
      }),
    [uids, trained, networkIds],
  );
}

/**
 * The chosen layers, if they are still there; otherwise the first and the last, with weights if
 * possible.
 */
function chosenLayers(
  wanted: { a: string | null; b: string | null },
  layers: readonly Choice[],
): { a?: Choice; b?: Choice } {
  const find = (uid: string | null) => layers.find((layer) => layer.uid === uid);
  const first = layers.find(({ hasWeights }) => hasWeights) ?? layers[0];
  const last = layers.findLast(({ hasWeights }) => hasWeights) ?? layers.at(-1);
  return { a: find(wanted.a) ?? first, b: find(wanted.b) ?? last };
}

const NAMES: Record<Side, string> = { a: 'Layer A', b: 'Layer B' };

function LayerPicker({ side, layers, value }: { side: Side; layers: readonly Choice[]; value: Choice }) {
  return (
    <SelectWithHelp
      help="Any layer of the network"
      helpPosition="top-end"
      size="sm"
      label={NAMES[side]}
      allowDeselect={false}
      data={layers.map(({ uid, id }) => ({ value: uid, label: id }))}
      value={value.uid}
      onChange={(uid) => useCompareStore.setState(({ layers: chosen }) => ({ layers: { ...chosen, [side]: uid } }))}
    />
  );
}

/** The figures of both layers from the last diagnostics. */
function Figures({ a, b }: { a: Choice; b: Choice }) {
  const latest = useDiagnosticsStore((state) => state.latest);
  const find = (id: string) => latest?.layers.find(({ layer }) => layer === id);
  const [first, second] = [find(a.id), find(b.id)];
  return (
    <section className={classes.section} aria-label="Figures of two layers">
      <div className={classes.sectionHead}>
        <h3 className={classes.heading}>
          Figures{' '}
          <span className={`${classes.count} numeric`}>
            {latest ? `at step ${formatCount(latest.step)}` : 'after the first step'}
          </span>
        </h3>
      </div>
      <table className={`${classes.table} numeric`}>
        <thead>
          <tr>
            <td />
            <th scope="col">{a.id}</th>
            <th scope="col">{b.id}</th>
          </tr>
        </thead>
        <tbody>
          {LAYER_FIGURES.map(({ name, help, of }) => (
            <tr key={name}>
              <th scope="row">
                <Tooltip label={help}>
                  <span tabIndex={0} className={classes.explained}>
                    {name}
                  </span>
                </Tooltip>
              </th>
              <td>{first ? of(first) : '–'}</td>
              <td>{second ? of(second) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
