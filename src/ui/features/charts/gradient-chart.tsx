import { memo, useCallback, useMemo, type ReactNode } from 'react';
import { formatNumber } from '../../kit/words/format';
import { useRunStore } from '../../stores/run-store';
import { rowsOf, useChartSettings } from '../../parts/charts/chart-settings';
import { trainedGradients } from '../../parts/charts/gradient-curves';
import { LayerChart } from '../../parts/charts/layer-chart';
import { layerTable } from '../../parts/charts/layer-table';
import { useFrame } from '../../parts/charts/use-frame';

const NOTHING = 'No layer of this network has anything to train, so there are no gradients';

/**
 * The L2 norm of every trainable layer's gradient on a log axis. It shows where and when gradients
 * vanish or explode.
 */
export const GradientChart = memo(function GradientChart({ height, action }: { height: number; action: ReactNode }) {
  const frame = useFrame();
  const range = useChartSettings((state) => state.range);
  const smoothing = useChartSettings((state) => state.smoothing);
  const normSlots = useRunStore((state) => state.normSlots);
  const nothing = useRunStore((state) => state.step > 0 && state.normSlots.length === 0);
  // `frame` represents the rows: it changes when the rows in the store do.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const series = useMemo(() => trainedGradients(rowsOf(range), normSlots), [range, normSlots, frame]);
  const table = useCallback(
    () => layerTable(trainedGradients(rowsOf(range), normSlots, Infinity), 'L2 norm', formatNumber),
    [range, normSlots],
  );
  return (
    <LayerChart
      title="Gradient magnitude"
      unit="L2 norm, log scale"
      noun="gradient"
      series={series}
      spread="decades"
      smoothing={smoothing}
      height={height}
      empty={nothing ? NOTHING : 'Press play to see the gradient of every layer'}
      action={action}
      table={table}
    />
  );
});
