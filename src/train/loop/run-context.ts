import type { Dataset } from '../../data/dataset';
import type { ResolvedModel } from '../../model/resolve';
import type { BackendWatch } from '../../backend/engine-host';
import type { Weights } from '../../model/initialize';
import type { LiveSettings } from '../../model/live-settings';
import type { OptimizerState, WeightSource, WorkerEvent } from '../wire/protocol';
import type { BatchPlan } from './batch-plan';

/** What stays the same during one run. */
export interface RunContext {
  runId: number;
  model: ResolvedModel;
  dataset: Dataset;
  plan: BatchPlan;
  /** Positions in the train image set, in random order so that the first ones are a fair sample. */
  validation: Uint32Array;
  /** Returns the current live settings. The loop calls this for every step. */
  liveSettings: () => LiveSettings;
  backend: BackendWatch;
  emit: (event: WorkerEvent) => void;
  now: () => number;
}

/** The state that a run begins with. */
export interface FirstWeights {
  weights: Weights;
  /** Steps done before this run. */
  step: number;
  /** Left out for fresh weights. */
  source?: WeightSource;
  /** Left out if the optimizer remembers nothing. */
  optimizer?: OptimizerState;
}
