import { memo, useCallback, useMemo } from 'react';
import { useChartSettings } from '../../parts/charts/chart-settings';
import { LayerChart } from '../../parts/charts/layer-chart';
import { layerTable } from '../../parts/charts/layer-table';
import { useRunStore } from '../../stores/run-store';
import { layersWithNorms } from './layer-series';
import { useEmptyText } from './nothing-yet';
import { QUANTITIES, type QuantityName } from '../../parts/charts/quantities';
import { useQuantitySeries } from './use-quantity-series';

/** Draws the chosen quantity, one line per layer. */
export const QuantityChart = memo(function QuantityChart({ name }: { name: QuantityName }) {
  const { title, unit, measure, noun, spread, format, guide, missing } = QUANTITIES[name];
  const { series, whole } = useQuantitySeries(name);
  const smoothing = useChartSettings((state) => state.smoothing);
  const empty = useEmptyText(missing);
  const remark = useOutputRemark();
  const table = useCallback(() => layerTable(whole(), measure, format), [whole, measure, format]);
  return (
    <LayerChart
      {...{ title, unit, noun, series, spread, smoothing, format, guide, empty, table }}
      height={232}
      remark={name === 'gradientNorm' ? remark : undefined}
    />
  );
});

/** Marks the layers whose line is the gradient of the output, not of the weights. */
function useOutputRemark(): (layer: string) => string {
  const normSlots = useRunStore((state) => state.normSlots);
  return useMemo(() => {
    const without = new Set(layersWithNorms(normSlots).flatMap(({ layer, of }) => (of === 'output' ? [layer] : [])));
    return (layer) => (without.has(layer) ? '∂L/∂y' : '');
  }, [normSlots]);
}
