import { create } from 'zustand';
import { presentRun, type KeptRun } from '../../stores/kept-run';
import { useKeptRunsStore } from '../../stores/kept-runs-store';

/** The id that stands for the run in progress. */
export const PRESENT = 'present';

/** What is compared. The store outlives the view. */
export interface CompareStore {
  mode: 'runs' | 'layers';
  /** Ids of kept runs, or {@link PRESENT}; null: nothing chosen yet. */
  runs: { a: string | null; b: string | null };
  /** The layer whose gradient norms are compared; null means all layers together. */
  layer: string | null;
  /** uids of layers; null means the first and the last with weights. */
  layers: { a: string | null; b: string | null };
}

export type Side = 'a' | 'b';

export const useCompareStore = create<CompareStore>()(() => ({
  mode: 'runs',
  runs: { a: null, b: null },
  layer: null,
  layers: { a: null, b: null },
}));

/**
 * The two chosen runs. Without a choice, these are the present run and the last kept one that
 * differs from it. Ids of deleted runs count as no choice.
 */
export function chosenRuns(
  { a, b }: CompareStore['runs'],
  kept: readonly { id: string }[],
): { a: string; b: string | null } {
  const known = (id: string | null) => id !== null && (id === PRESENT || kept.some((run) => run.id === id));
  const first = known(a) ? a! : PRESENT;
  const last = kept.filter(({ id }) => id !== first).at(-1)?.id ?? (first === PRESENT ? null : PRESENT);
  return { a: first, b: known(b) && b !== first ? b : last };
}

/** A run by its id; null if it does not exist (the present run before its first step). */
export function runById(id: string | null): KeptRun | null {
  if (id === PRESENT) return presentRun();
  return useKeptRunsStore.getState().runs.find((run) => run.id === id) ?? null;
}
