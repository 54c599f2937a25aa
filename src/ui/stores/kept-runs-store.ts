import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { readKeptRuns, recordRun, type KeptRun } from './kept-run';
import { runIdOf } from './run-machine/selectors';
import { useRunStore } from './run-store';
import { useSeriesStore } from './series-store';

export type { KeptRun } from './kept-run';

/** The number of runs kept at most. */
export const MOST_KEPT_RUNS = 8;
/** A run that ends after at least this many steps is kept automatically. */
export const WORTH_KEEPING = 100;

export interface RecordedRunStore {
  /** The last recorded run, and the kept run that holds its record. */
  recorded: { runId: number; id: string } | null;
}

/**
 * A store of its own, because the kept runs are written to the browser's storage with each change.
 */
export const useRecordedRunStore = create<RecordedRunStore>()(() => ({ recorded: null }));

/** The id of the kept run that records the present run; null if the present run is not kept. */
const keptIdOf = (runId: number, { recorded } = useRecordedRunStore.getState()) =>
  recorded?.runId === runId ? recorded.id : null;

/** Whether the present run is kept. */
export function useIsKept(): boolean {
  const runId = useRunStore(runIdOf);
  return useRecordedRunStore((state) => keptIdOf(runId, state) !== null);
}

export interface KeptRunsStore {
  /** Oldest first. */
  runs: KeptRun[];
  /** True if the browser refused to save the runs. They then last as long as the page. */
  unsaved: boolean;
  /**
   * Records the present run as it is now, or updates its record if it is already kept. Does nothing
   * before the run's first step.
   */
  keep(): void;
  rename(id: string, name: string): void;
  remove(id: string): void;
}

export const useKeptRunsStore = create<KeptRunsStore>()(
  persist(
    (set, get) => ({
      runs: [],
      unsaved: false,
      keep: () => keepPresent(false),
      rename: (id, name) => set(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? { ...run, name } : run)) })),
      remove(id) {
        if (useRecordedRunStore.getState().recorded?.id === id) useRecordedRunStore.setState({ recorded: null });
        set({ runs: get().runs.filter((run) => run.id !== id) });
      },
    }),
    {
      name: 'cnn-playground.kept-runs',
      version: 1,
      partialize: ({ runs }) => ({ runs }),
      storage: createJSONStorage(() => ({ getItem: read, setItem: write, removeItem: forget })),
      // `merge` leaves out what another version wrote, like anything else it cannot read.
      migrate: (stored) => stored,
      merge: (stored, fresh) => ({ ...fresh, runs: readKeptRuns(stored).slice(-MOST_KEPT_RUNS) }),
    },
  ),
);

/**
 * Keeps the ended run if it was long enough. Must be called when a new run begins, while the stores
 * still hold the curves of the ended one.
 */
export function keepEndedRun(): void {
  const { runs } = useKeptRunsStore.getState();
  const worth = useSeriesStore.getState().recent(WORTH_KEEPING).length >= WORTH_KEEPING;
  if (!worth) return;
  // Never removes a run that a person kept: only a person deletes those.
  const isKept = keptIdOf(runIdOf(useRunStore.getState())) !== null;
  const room = isKept || runs.length < MOST_KEPT_RUNS || runs.some(({ byItself }) => byItself);
  if (room) keepPresent(true);
}

function keepPresent(byItself: boolean): void {
  const runId = runIdOf(useRunStore.getState());
  const { runs } = useKeptRunsStore.getState();
  const keptId = keptIdOf(runId);
  const before = runs.find(({ id }) => id === keptId);
  const record = recordRun(before, runs, byItself);
  if (!record) return;
  const after = before ? runs.map((run) => (run === before ? record : run)) : [...withRoom(runs), record];
  useRecordedRunStore.setState({ recorded: { runId, id: record.id } });
  useKeptRunsStore.setState({ runs: after });
}

/**
 * If the list is full, removes the oldest run that was kept automatically (or else the oldest run).
 */
function withRoom(runs: KeptRun[]): KeptRun[] {
  if (runs.length < MOST_KEPT_RUNS) return runs;
  const automatic = runs.findIndex(({ byItself }) => byItself);
  return runs.toSpliced(Math.max(0, automatic), 1);
}

// A browser may forbid storage or have no room. The runs then last as long as the page, and the
// page says so.
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  const unsaved = !attempt(() => localStorage.setItem(name, value));
  // Deferred, because the store is in the middle of the change that is being saved.
  queueMicrotask(() => {
    if (useKeptRunsStore.getState().unsaved !== unsaved) useKeptRunsStore.setState({ unsaved });
  });
}

function forget(name: string): void {
  attempt(() => localStorage.removeItem(name));
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
