import type { Dataset } from '../../data/dataset';
import type { ResolvedModel } from '../../model/resolve';
import type { BackendWatch } from '../../backend/engine-host';
import type { WorkerEvent } from '../wire/protocol';
import type { StepPlan } from '../loop/step-plan';

/** What stays the same during one run. */
export interface RunContext {
  runId: number;
  model: ResolvedModel;
  dataset: Dataset;
  plan: StepPlan;
  /** Positions in the train image set; in random order, so that its beginning is a fair sample. */
  validation: Uint32Array;
  /** Asked anew for every chunk: the one setting that may change while it runs. */
  learningRate(): number;
  backend: BackendWatch;
  emit(event: WorkerEvent): void;
  now(): number;
}
