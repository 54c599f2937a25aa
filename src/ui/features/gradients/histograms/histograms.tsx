import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { WeightName } from '../../../../model/shape';
import { kindOf } from '../../../../model/spec';
import { selectLayer, useSelectedId } from '../../../parts/charts/select-layer';
import { useOwnMoment } from '../../../parts/charts/use-frame';
import { familyColor } from '../../../kit/palette';
import { SelectWithHelp } from '../../../kit/input/select-with-help';
import { useDiagnosticsStore, type DiagnosticsRow } from '../../../stores/diagnostics-store';
import { Tooltip } from '../../../kit/tooltip';
import classes from '../gradients.module.css';
import { useGradientsStore } from '../gradients-store';
import { kindOfId } from '../kind-of-id';
import { Ridgeline } from './ridgeline';

const TENSOR_LABELS: Record<WeightName, string> = {
  weight: 'Weights',
  bias: 'Biases',
  gamma: 'Gamma',
  beta: 'Beta',
  movingMean: 'Moving mean',
  movingVariance: 'Moving variance',
};

const GRADIENT_LABELS: Record<WeightName, string> = {
  weight: 'Weight gradients',
  bias: 'Bias gradients',
  gamma: 'Gamma gradients',
  beta: 'Beta gradients',
  // Running averages have no gradient, and no histogram.
  movingMean: '',
  movingVariance: '',
};

/** Weights and gradients of one tensor over the steps, side by side. */
export const Histograms = memo(function Histograms() {
  const frame = useOwnMoment(useDiagnosticsStore((state) => state.version));
  // `frame` changes whenever the store's contents do.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const rows = useMemo(() => useDiagnosticsStore.getState().slices(), [frame]);
  const trained = (rows.at(-1)?.layers ?? []).filter(({ tensors }) => tensors.length > 0);
  const selected = useSelectedId();
  const wanted = useGradientsStore((state) => state.tensor);
  const shown = trained.find(({ layer }) => layer === selected) ?? trained[0];
  const names = shown?.tensors.map(({ name }) => name) ?? [];
  const name = names.includes(wanted) ? wanted : names[0];
  return (
    <section className={classes.section} aria-label="Histograms over time">
      <div className={classes.bar}>
        <LayerChoice layers={trained.map(({ layer }) => layer).join(' ')} shown={shown?.layer ?? null} />
        {name && names.length > 1 && <TensorChoice names={names.join(' ')} shown={name} />}
        {shown && selected && selected !== shown.layer && (
          <span className={classes.quiet}>{selected} has nothing to train.</span>
        )}
      </div>
      <Pair rows={rows} layer={shown?.layer} name={name} />
    </section>
  );
});

/** Does not render again with the histograms. @param layers their ids, separated by spaces */
const LayerChoice = memo(function LayerChoice({ layers, shown }: { layers: string; shown: string | null }) {
  return (
    <SelectWithHelp
      help="Whose weights and gradients the histograms show: any layer that learns"
      size="xs"
      className={classes.layerSelect}
      aria-label="Layer of the histograms"
      placeholder="No layer yet"
      data={layers.split(' ').filter(Boolean)}
      value={shown}
      disabled={layers === ''}
      allowDeselect={false}
      onChange={(layer) => layer && selectLayer(layer)}
    />
  );
});

/** Does not render again with the histograms. @param names of the tensors, separated by spaces */
const TensorChoice = memo(function TensorChoice({ names, shown }: { names: string; shown: WeightName }) {
  return (
    <Tooltip label="Which numbers of the layer the histograms show">
      <SegmentedControl
        size="xs"
        aria-label="Tensor of the histograms"
        data={names.split(' ').map((value) => ({ value, label: TENSOR_LABELS[value as WeightName] }))}
        value={shown}
        onChange={(value) => useGradientsStore.setState({ tensor: value as WeightName })}
      />
    </Tooltip>
  );
});

function Pair({
  rows,
  layer,
  name,
}: {
  rows: readonly DiagnosticsRow[];
  layer: string | undefined;
  name: WeightName | undefined;
}) {
  const scheme = useComputedColorScheme('light');
  const hue = familyColor(layer ? kindOf(kindOfId(layer)).family : 'dense', scheme);
  const [weights, gradients] = useMemo(() => {
    const found = rows.flatMap(({ step, layers }) => {
      const tensor = layers.find((each) => each.layer === layer)?.tensors.find((each) => each.name === name);
      return tensor ? [{ step, tensor }] : [];
    });
    const slicesOf = (which: 'weights' | 'gradients') =>
      found.map(({ step, tensor }) => ({ step, histogram: tensor[which] }));
    return [slicesOf('weights'), slicesOf('gradients')] as const;
  }, [rows, layer, name]);
  const where = layer ? ` of ${layer}` : '';
  return (
    <div className={classes.pair}>
      <Ridgeline title={`${TENSOR_LABELS[name ?? 'weight']}${where}`} slices={weights} hue={hue} />
      <Ridgeline title={`${GRADIENT_LABELS[name ?? 'weight']}${where}`} slices={gradients} hue={hue} />
    </div>
  );
}
