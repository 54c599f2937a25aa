import { create } from 'zustand';
import type { ErrorReport } from '../../../errors';
import type { ResolvedModel } from '../../../model/resolve';
import type { BatchTrace, BatchUpdate } from '../../../train/wire/protocol';
import { runIdOf } from '../../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../../stores/run-store';
import type { Stage } from './stages';

/**
 * The batch that is stepped through, and how far. Outlives the view, so that looking elsewhere
 * loses nothing.
 */
export interface StepStore {
  trace: BatchTrace | null;
  /** The network of the trace. */
  model: ResolvedModel | null;
  stages: readonly Stage[];
  /** What training on the batch did; null before its update. */
  update: BatchUpdate | null;
  /** Learning rate of the update: it may change while the batch is looked at. Null before. */
  updateRate: number | null;
  /** Stage shown, an index into `stages`. */
  at: number;
  /** Example of the batch whose tensors are shown. */
  example: number;
  /** What the worker is doing for this view. */
  busy: 'trace' | 'update' | null;
  error: ErrorReport | null;
  /** Slow motion is on. */
  playing: boolean;
  /** Stages per second in slow motion. */
  speed: number;
}

export const useStepStore = create<StepStore>()(() => ({
  trace: null,
  model: null,
  stages: [],
  update: null,
  updateRate: null,
  at: 0,
  example: 0,
  busy: null,
  error: null,
  playing: false,
  speed: 1,
}));

/**
 * Whether the network has gone on, or is another, since the batch was traced and perhaps trained
 * on.
 */
export function isStale(
  { trace, update, busy }: Pick<StepStore, 'trace' | 'update' | 'busy'>,
  run: Pick<RunStore, 'machine' | 'step'>,
): boolean {
  if (!trace || busy) return false;
  const expected = trace.step - 1 + (update && !update.halted ? 1 : 0);
  return runIdOf(run) !== trace.runId || run.step !== expected;
}

/** {@link isStale} of what is shown now. */
export function useStale(): boolean {
  const step = useStepStore();
  return useRunStore((run) => isStale(step, run));
}
