import type { DatasetInfo } from '../../../data/dataset';
import type { ErrorReport } from '../../../errors';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { WeightSource } from '../../../train/wire/protocol';

/** A network in the worker, and the id in it of each layer of the stack on the page, by uid. */
export interface TrainedNetwork {
  spec: ModelSpec;
  ids: Record<string, string>;
}

/** What is trained: one network from its first weights on. */
export interface TrainedRun {
  /** Rises with every new run (new weights); 0 before the first. */
  id: number;
  /** The last network that the worker took; null before the first. */
  network: TrainedNetwork | null;
  /** The last settings that the worker took. */
  settings: TrainSettings;
  data: DatasetInfo | null;
  /** Where the first weights come from; null for fresh ones. */
  source: WeightSource | null;
  stepsPerEpoch: number;
}

/** How long to train: until paused, where neither is given. */
export interface Goal {
  steps?: number;
  epochs?: number;
}

/** The first number that was not finite: its step, and its layer (empty: the loss). */
export interface Fault {
  step: number;
  layer: string;
  error: ErrorReport;
}

/** Nothing is trained, nor about to be. */
export type Rest =
  /** At step 0, or before the first run. */
  { phase: 'idle' } | { phase: 'paused' } | { phase: 'halted'; fault: Fault } | { phase: 'done'; reason: DoneReason };

/** The step that was asked for is reached; or the worker cannot train any more. */
export type DoneReason = { kind: 'target'; step: number } | { kind: 'failure'; error: ErrorReport };

/** A training that somebody asked for, before it runs. */
export interface Asking {
  /** Number of this request. */
  request: number;
  goal: Goal;
  /** A press of play or step is shown while it waits; a script and a change of the run are not. */
  cause: 'press' | 'script' | 'change';
  /** The worker was asked; before that, network, settings and data are still on their way to it. */
  asked: boolean;
}

interface Unanswered {
  /** Requests to train that the worker has not answered yet: it does so when they end. */
  requests: readonly number[];
}

interface Resumable {
  /**
   * A change that begins another run is followed by more training: play was pressed, to train until
   * paused.
   */
  resumes: boolean;
}

/** Training was asked for; the worker has not said yet that it runs. */
export interface Waiting extends Asking, Unanswered, Resumable {
  phase: 'waiting';
  /** What it falls back to where training cannot begin. */
  rest: Rest;
}

export interface Running extends Unanswered, Resumable {
  phase: 'running';
  /** Step at which this training began. */
  since: number;
  /** Step at which it ends by itself; null for one that goes on until paused. */
  target: number | null;
}

/** Pause was pressed; the steps already on their way are still being done. */
export interface Pausing extends Unanswered {
  phase: 'pausing';
  /** Number of the last request to pause. */
  request: number;
  /** Step at which the training began that is being paused; null while none runs. */
  since: number | null;
  /** Play was pressed again meanwhile. */
  next: Asking | null;
  rest: Rest;
}

/** What every state knows. */
export interface Common {
  run: TrainedRun;
  /** Changes of network, settings or data that the worker has not answered yet. */
  changes: number;
}

/** What is trained now, and how. The one place on the page that says so. */
export type RunMachine = Common & (Rest | Waiting | Running | Pausing);
