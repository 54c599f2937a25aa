import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { readKeptRuns, recordRun, type KeptRun } from './kept-run';
import { runIdOf } from './run-machine/selectors';
import { useRunStore } from './run-store';
import { useSeriesStore } from './series-store';

export type { KeptRun } from './kept-run';

/** More runs than this are not kept. */
export const MOST_KEPT_RUNS = 8;
/** A run that ends after at least so many steps is kept by itself. */
export const WORTH_KEEPING = 100;

export interface RecordedRunStore {
  /** The last run that was recorded, and the kept run that holds its record. */
  recorded: { runId: number; id: string } | null;
}

/** Apart from the kept runs, which are written to the browser's storage with each change. */
export const useRecordedRunStore = create<RecordedRunStore>()(() => ({ recorded: null }));

/** Id of the kept run that the present run is recorded as, null where it is not kept. */
const keptIdOf = (runId: number, { recorded } = useRecordedRunStore.getState()) =>
  recorded?.runId === runId ? recorded.id : null;

/** The present run is kept. */
export function useIsKept(): boolean {
  const runId = useRunStore(runIdOf);
  return useRecordedRunStore((state) => keptIdOf(runId, state) !== null);
}

export interface KeptRunsStore {
  /** Oldest first. */
  runs: KeptRun[];
  /** The browser refused to save the runs: they last as long as the page. */
  unsaved: boolean;
  /**
   * Records the present run as it is now; one that is kept already is brought up to date. Does
   * nothing before its first step.
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
      // What another version wrote is left out like anything else that is not understood.
      migrate: (stored) => stored,
      merge: (stored, fresh) => ({ ...fresh, runs: readKeptRuns(stored).slice(-MOST_KEPT_RUNS) }),
    },
  ),
);

/**
 * To be called when a new run begins, while the stores still hold the curves of the run before: it
 * is kept if it was long enough.
 */
export function keepEndedRun(): void {
  const { runs } = useKeptRunsStore.getState();
  const worth = useSeriesStore.getState().recent(WORTH_KEEPING).length >= WORTH_KEEPING;
  if (!worth) return;
  // What a person kept is for the person to delete.
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

/** Without the oldest that was kept by itself (or else the oldest) where no other would fit. */
function withRoom(runs: KeptRun[]): KeptRun[] {
  if (runs.length < MOST_KEPT_RUNS) return runs;
  const automatic = runs.findIndex(({ byItself }) => byItself);
  return runs.toSpliced(Math.max(0, automatic), 1);
}

// A browser may forbid storage, or have no room: the runs then last as long as the page, which says
// so.
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  const unsaved = !attempt(() => localStorage.setItem(name, value));
  // Not within the change that is being saved.
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
