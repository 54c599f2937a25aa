import { useCallback, useMemo } from 'react';
import { rowsOf, useChartSettings, type ChartSettings } from '../../parts/charts/chart-settings';
import type { LayerSeries } from '../../parts/charts/layer-curves';
import { useOwnMoment } from '../../parts/charts/use-frame';
import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { useRunStore } from '../../stores/run-store';
import { useSeriesStore } from '../../stores/series-store';
import { layerSeries, recentLooks, type Run } from './layer-series';
import { QUANTITIES, type QuantityName } from '../../parts/charts/quantities';

/**
 * A quantity of every layer over the chosen range of steps, kept up to date during training.
 * @returns `series` with as many points as a chart can show, `whole()` with all that are kept
 */
export function useQuantitySeries(name: QuantityName): { series: LayerSeries; whole: () => LayerSeries } {
  const everyStep = QUANTITIES[name].of === undefined;
  const version = useSeriesStore((state) => (everyStep ? state.version : 0));
  const looks = useDiagnosticsStore((state) => (everyStep ? 0 : state.version));
  const frame = useOwnMoment(version + looks);
  const range = useChartSettings((state) => state.range);
  const normSlots = useRunStore((state) => state.normSlots);
  // `frame` changes whenever the stores' contents do.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const series = useMemo(() => layerSeries(name, runIn(range)), [name, range, normSlots, frame]);
  const whole = useCallback(() => layerSeries(name, runIn(range), Infinity), [name, range]);
  return { series, whole };
}

function runIn(range: ChartSettings['range']): Run {
  const looks = useDiagnosticsStore.getState().rows();
  return {
    rows: rowsOf(range),
    normSlots: useRunStore.getState().normSlots,
    looks: range === 'recent' ? recentLooks(looks) : looks,
  };
}
