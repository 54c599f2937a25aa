import type { DatasetInfo } from '../../../data/dataset';
import type { ErrorReport } from '../../../errors';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { WeightSource } from '../../../train/wire/protocol';

/** A network in the worker, with the id of each layer of the page's stack in it, by uid. */
export interface TrainedNetwork {
  spec: ModelSpec;
  ids: Record<string, string>;
}

/** What is trained: one network, from its first weights on. */
export interface TrainedRun {
  /** Increases with every new run (new weights); 0 before the first. */
  id: number;
  /** The last network that the worker accepted; null before the first. */
  network: TrainedNetwork | null;
  /** The last settings that the worker accepted. */
  settings: TrainSettings;
  data: DatasetInfo | null;
  /** Where the first weights come from; null for fresh weights. */
  source: WeightSource | null;
  stepsPerEpoch: number;
}

/** How long to train. If neither is given, training runs until paused. */
export interface Goal {
  steps?: number;
  epochs?: number;
}

/** The first number that was not finite: its step, and its layer (empty for the loss). */
export interface Fault {
  step: number;
  layer: string;
  error: ErrorReport;
}

/** Nothing is trained or about to be. */
export type Rest =
  /** At step 0, or before the first run. */
  { phase: 'idle' } | { phase: 'paused' } | { phase: 'halted'; fault: Fault } | { phase: 'done'; reason: DoneReason };

/** Either the requested step is reached, or the worker cannot train any more. */
export type DoneReason = { kind: 'target'; step: number } | { kind: 'failure'; error: ErrorReport };

/** A requested training that does not run yet. */
export interface Asking {
  /** The number of this request. */
  request: number;
  goal: Goal;
  /** The page shows a waiting press of play or step, but not a waiting script or change. */
  cause: 'press' | 'script' | 'change';
  /**
   * Whether the worker was asked. Before that, network, settings and data are still on their way.
   */
  asked: boolean;
}

interface Unanswered {
  /**
   * Training requests that the worker has not answered yet. It answers a request when its training
   * ends.
   */
  requests: readonly number[];
}

interface Resumable {
  /**
   * Whether training continues after a change that begins another run. True if play was pressed to
   * train until paused.
   */
  resumes: boolean;
}

/** Training was requested, and the worker has not announced yet that it runs. */
export interface Waiting extends Asking, Unanswered, Resumable {
  phase: 'waiting';
  /** The state to return to if training cannot begin. */
  rest: Rest;
}

export interface Running extends Unanswered, Resumable {
  phase: 'running';
  /** The step at which this training began. */
  since: number;
  /** The step at which this training ends by itself; null if it runs until paused. */
  target: number | null;
}

/** Pause was pressed, and the steps already on their way are still being done. */
export interface Pausing extends Unanswered {
  phase: 'pausing';
  /** The number of the last request to pause. */
  request: number;
  /** The step at which the training that is being paused began; null if none runs. */
  since: number | null;
  /** The training requested while the pause was under way, such as by another press of play. */
  next: Asking | null;
  rest: Rest;
}

/** The fields that every state has. */
export interface Common {
  run: TrainedRun;
  /** The number of changes of network, settings or data that the worker has not answered yet. */
  changes: number;
}

/** What is trained now, and how. No other place on the page holds this. */
export type RunMachine = Common & (Rest | Waiting | Running | Pausing);
