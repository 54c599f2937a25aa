import { create } from 'zustand';
import { redraws } from './redraws';
import { DiagnosticsSeries, type DiagnosticsRecord, type DiagnosticsRow } from './diagnostics-series';

export type { DiagnosticsRow } from './diagnostics-series';

export interface DiagnosticsStore {
  /**
   * Rises with every redraw after a look, and when a new run begins: what charts subscribe to. See
   * `Redraws`.
   */
  version: number;
  /** The last look at the layers, with its histograms; null before the first of a run. */
  latest: DiagnosticsRow | null;
  /**
   * The whole run in at most 400 looks, oldest first; those without histograms have no `tensors`.
   */
  rows(): DiagnosticsRow[];
  /** The same run in at most 60 looks that all have their histograms, oldest first. */
  slices(): DiagnosticsRow[];
  append(row: DiagnosticsRow): void;
  clear(): void;
  /** The history as plain data, and one in place of what there is. */
  record(): DiagnosticsRecord;
  restore(record: DiagnosticsRecord): void;
}

/** How the layers of the present run have done, look by look. */
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
