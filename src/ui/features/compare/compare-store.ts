import { create } from 'zustand';
import { presentRun, type KeptRun } from '../../stores/kept-run';
import { useKeptRunsStore } from '../../stores/kept-runs-store';

/** Id that stands for the run in progress. */
export const PRESENT = 'present';

/** What is compared. Outlives the view. */
export interface CompareStore {
  mode: 'runs' | 'layers';
  /** Ids of kept runs, or {@link PRESENT}; null: nothing chosen yet. */
  runs: { a: string | null; b: string | null };
  /** Layer whose gradient norms are compared; null: all layers together. */
  layer: string | null;
  /** uids of layers; null: the first and the last with weights. */
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
 * The two runs chosen; where none was, the present run and the last one kept that is not the other.
 * Ids of deleted runs choose nothing.
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

/** A run by its id, null where it is not there (the present one before its first step). */
export function runById(id: string | null): KeptRun | null {
  if (id === PRESENT) return presentRun();
  return useKeptRunsStore.getState().runs.find((run) => run.id === id) ?? null;
}
