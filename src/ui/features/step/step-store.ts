import { create } from 'zustand';
import type { ErrorReport } from '../../../errors';
import type { ResolvedModel } from '../../../model/resolve';
import type { BatchTrace, BatchUpdate } from '../../../train/wire/protocol';
import { runIdOf } from '../../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../../stores/run-store';
import type { Stage } from './stages';

/**
 * The batch being stepped through, and how far it is. The store outlives the view, so nothing is
 * lost by looking at another view.
 */
export interface StepStore {
  trace: BatchTrace | null;
  /** The network that the trace was made with. */
  model: ResolvedModel | null;
  stages: readonly Stage[];
  /** The result of training on the batch; null before its update. */
  update: BatchUpdate | null;
  /**
   * The learning rate of the update; null before it. It is kept because the rate may be changed
   * while the batch is looked at.
   */
  updateRate: number | null;
  /** The stage shown, as an index into `stages`. */
  at: number;
  /** The example of the batch whose tensors are shown. */
  example: number;
  /** The request that the worker is working on for this view. */
  busy: 'trace' | 'update' | null;
  error: ErrorReport | null;
  /** Whether slow motion is on. */
  playing: boolean;
  /** The speed of slow motion, in stages per second. */
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
 * Whether the network has trained on, or was replaced, since the batch was traced (and perhaps
 * trained on).
 */
export function isStale(
  { trace, update, busy }: Pick<StepStore, 'trace' | 'update' | 'busy'>,
  run: Pick<RunStore, 'machine' | 'step'>,
): boolean {
  if (!trace || busy) return false;
  const expected = trace.step - 1 + (update && !update.halted ? 1 : 0);
  return runIdOf(run) !== trace.runId || run.step !== expected;
}

/** {@link isStale} for the batch on show. */
export function useStale(): boolean {
  const step = useStepStore();
  return useRunStore((run) => isStale(step, run));
}
