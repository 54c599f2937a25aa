import { create } from 'zustand';
import { useSeriesStore } from '../../stores/series-store';
import type { SeriesRow } from '../../kit/plot/series';

/** The part of the run that the charts show, and how smooth. */
export interface ChartSettings {
  /** `recent`: the last 500 steps; `full`: the whole run. */
  range: 'recent' | 'full';
  /** The factor of the moving average, 0..0.99. */
  smoothing: number;
  set: (change: Partial<Pick<ChartSettings, 'range' | 'smoothing'>>) => void;
}

export const useChartSettings = create<ChartSettings>()((set) => ({
  range: 'full',
  smoothing: 0.5,
  set: (change) => set(change),
}));

/** The rows of the chosen range, of the last redraw. */
export const rowsOf = (range: ChartSettings['range']): readonly SeriesRow[] => useSeriesStore.getState().shown[range];
