import { create } from 'zustand';
import { redraws } from './redraws';
import { Series, type SeriesRecord, type SeriesRow } from '../kit/plot/series';

export type { SeriesRow } from '../kit/plot/series';

export interface SeriesStore {
  /** Increases with every redraw while rows arrive. Charts subscribe to it. See `Redraws`. */
  version: number;
  /**
   * The history as it was when `version` last increased: the last steps not thinned, and the whole
   * run. Whatever shows figures takes them from here, so that header, rows and charts show the same
   * step, although the charts draw one after the other while steps go on.
   */
  shown: { recent: readonly SeriesRow[]; full: readonly SeriesRow[] };
  /** The last `n` steps (at most 500), not thinned, oldest first. */
  recent(n?: number): SeriesRow[];
  /** The whole run in at most 400 rows, oldest first. */
  full(): SeriesRow[];
  append(rows: readonly SeriesRow[]): void;
  clear(): void;
  /** Returns the history as plain data; `restore` replaces the history with such data. */
  record(): SeriesRecord;
  restore(record: SeriesRecord): void;
}

/** Loss, accuracy and gradient norms of the current run, step by step. */
export const useSeriesStore = create<SeriesStore>()((set) => {
  let series = new Series();
  const announce = () =>
    set((state) => ({ version: state.version + 1, shown: { recent: series.recent(), full: series.full() } }));
  return {
    version: 0,
    shown: { recent: [], full: [] },
    recent: (n) => series.recent(n),
    full: () => series.full(),
    append(rows) {
      for (const row of rows) series.append(row);
      redraws.request(announce);
    },
    clear() {
      series = new Series();
      announce();
    },
    record: () => series.record(),
    restore(record) {
      series = Series.from(record);
      announce();
    },
  };
});
