import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { readKeptRuns, recordRun, type KeptRun, type RunPlan } from './kept-run';
import { specOf, useModelStore } from './model/model-store';
import { useRunStore } from './run-store';
import { useSeriesStore } from './series-store';

export type { KeptRun } from './kept-run';

/** More runs than this are not kept. */
export const MOST_KEPT_RUNS = 8;
/** A run that ends after at least so many steps is kept by itself. */
export const WORTH_KEEPING = 100;

/** What the present run trains, and the kept run that it is recorded as. */
export interface PresentRunStore {
  plan: RunPlan | null;
  /** Id of the kept run, null where it is not kept. */
  keptAs: string | null;
}

/** Apart from the kept runs, which are written to the browser's storage with each change. */
export const usePresentRunStore = create<PresentRunStore>()(() => ({ plan: null, keptAs: null }));

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
        if (usePresentRunStore.getState().keptAs === id) usePresentRunStore.setState({ keptAs: null });
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
  const { plan, keptAs } = usePresentRunStore.getState();
  const { runs } = useKeptRunsStore.getState();
  const worth = useSeriesStore.getState().recent(WORTH_KEEPING).length >= WORTH_KEEPING;
  if (!worth || plan?.runId !== useRunStore.getState().runId) return;
  // What a person kept is for the person to delete.
  const room = keptAs !== null || runs.length < MOST_KEPT_RUNS || runs.some(({ byItself }) => byItself);
  if (room) keepPresent(true);
}

/** To be called when a new run has begun: what it trains is what the page holds now. */
export function noteRun(runId: number): void {
  const model = useModelStore.getState();
  const { plan } = usePresentRunStore.getState();
  // While the stack is not valid the last valid network is trained, whose run began before.
  const spec = model.valid || !plan ? specOf(model) : plan.model;
  usePresentRunStore.setState({
    plan: { runId, model: spec, settings: useRunStore.getState().settings },
    keptAs: null,
  });
}

function keepPresent(byItself: boolean): void {
  const { plan, keptAs } = usePresentRunStore.getState();
  const { runs } = useKeptRunsStore.getState();
  const before = runs.find(({ id }) => id === keptAs);
  const record = plan && recordRun(plan, before, runs, byItself);
  if (!record) return;
  const after = before ? runs.map((run) => (run === before ? record : run)) : [...withRoom(runs), record];
  usePresentRunStore.setState({ keptAs: record.id });
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
