import type { Dataset } from '../../data/dataset';
import type { ResolvedModel } from '../../model/resolve';
import type { WorkerEvent } from '../wire/protocol';
import type { BatchPlan } from '../loop/batch-plan';

/** What stays the same during one run. */
export interface RunContext {
  runId: number;
  model: ResolvedModel;
  dataset: Dataset;
  plan: BatchPlan;
  /** Positions in the train image set; in random order, so that its beginning is a fair sample. */
  validation: Uint32Array;
  /** Asked anew for every chunk: the one setting that may change while it runs. */
  learningRate(): number;
  backend: BackendWatch;
  emit(event: WorkerEvent): void;
  now(): number;
}

/** What a run must know about the life of its backend. */
export interface BackendWatch {
  /**
   * The promise, or a rejection as soon as the backend dies: a dead device may leave promises
   * pending for ever.
   */
  guard<T>(promise: Promise<T>): Promise<T>;
  /**
   * Did this failure come from the death of the backend? Waits a little, for the cause may be
   * reported after the effect.
   */
  isLoss(error: unknown): Promise<boolean>;
  /** Resolves when a lost backend has been replaced, rejects if it cannot be. */
  recovered(): Promise<void>;
}
