import { create } from 'zustand';
import { redraws } from './redraws';
import { DiagnosticsSeries, type DiagnosticsRecord, type DiagnosticsRow } from './diagnostics-series';

export type { DiagnosticsRow } from './diagnostics-series';

export interface DiagnosticsStore {
  /**
   * Increases with every redraw after a new row, and when a new run begins. Charts subscribe to it.
   * See `Redraws`.
   */
  version: number;
  /** The last row, with its histograms; null before the first row of a run. */
  latest: DiagnosticsRow | null;
  /** The whole run in at most 400 rows, oldest first. Rows without histograms have no `tensors`. */
  rows: () => DiagnosticsRow[];
  /** The same run in at most 60 rows, oldest first. All of them have their histograms. */
  slices: () => DiagnosticsRow[];
  append(row: DiagnosticsRow): void;
  clear(): void;
  /** Returns the history as plain data; `restore` replaces the history with such data. */
  record(): DiagnosticsRecord;
  restore(record: DiagnosticsRecord): void;
}

/** The diagnostics of the layers over the present run. */
export const useDiagnosticsStore = create<DiagnosticsStore>()((set) => {
  let series = new DiagnosticsSeries();
  const announce = () => set(({ version }) => ({ version: version + 1, latest: series.latest }));
  return {
    version: 0,
    latest: null,
    rows: () => series.rows(),
    slices: () => series.slices(),
    append(row) {
      series.append(row);
      redraws.request(announce);
    },
    clear() {
      series = new DiagnosticsSeries();
      announce();
    },
    record: () => series.record(),
    restore(record) {
      series = new DiagnosticsSeries(record);
      announce();
    },
  };
});
