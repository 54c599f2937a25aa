import { memo, useMemo } from 'react';
import chartClasses from '../../parts/charts/charts.module.css';
import { formatNumber, formatPercent } from '../../kit/words/format';
import { SelectWithHelp } from '../../kit/input/select-with-help';
import type { KeptEvaluation, KeptRun } from '../../stores/kept-run';
import classes from './compare.module.css';
import { useCompareStore } from './compare-store';
import { gradientNorm, matchingLayers, type Quantity } from './run-curves';
import { RunChart } from './run-chart';

interface RunChartsProps {
  a: KeptRun | null;
  b: KeptRun | null;
}

const LOSS = {
  quantityOf: () => (row: Parameters<Quantity>[0]) => row.loss,
  evaluated: (point: KeptEvaluation) => point.loss,
};
const ACCURACY = {
  quantityOf: () => (row: Parameters<Quantity>[0]) => row.accuracy,
  evaluated: (point: KeptEvaluation) => point.accuracy,
};

/** Loss, accuracy and gradient norm of two runs, each on the same axes. */
export const RunCharts = memo(function RunCharts({ a, b }: RunChartsProps) {
  const wanted = useCompareStore((state) => state.layer);
  const layers = useMemo(() => matchingLayers(a, b), [a, b]);
  const layer = wanted !== null && layers.includes(wanted) ? wanted : null;
  const norm = useMemo(() => gradientNorm(layer), [layer]);
  return (
    <div className={`${chartClasses.charts} ${classes.charts}`}>
      <RunChart title="Loss" unit="cross-entropy" kind="loss" a={a} b={b} format={formatNumber} {...LOSS} />
      <RunChart title="Accuracy" unit="" kind="accuracy" a={a} b={b} format={formatPercent} {...ACCURACY} />
      <div className={classes.wide}>
        <RunChart
          title="Gradient magnitude"
          unit={`L2 norm, ${layer ?? 'all layers'}, log scale`}
          kind="norm"
          a={a}
          b={b}
          format={formatNumber}
          quantityOf={norm}
          action={<LayerPicker layers={layers} value={layer} />}
        />
      </div>
      <p className={classes.legend}>Lines: training, smoothed as in the Train view. Dots: validation images.</p>
    </div>
  );
});

function LayerPicker({ layers, value }: { layers: readonly string[]; value: string | null }) {
  return (
    <SelectWithHelp
      help="The layer whose gradient norm is drawn, or all together"
      size="xs"
      w={148}
      aria-label="Layer of the gradient norms"
      allowDeselect={false}
      data={[{ value: '', label: 'All layers' }, ...layers.map((id) => ({ value: id, label: id }))]}
      value={value ?? ''}
      onChange={(id) => useCompareStore.setState({ layer: id || null })}
    />
  );
}
