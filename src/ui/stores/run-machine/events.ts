import type { ErrorReport } from '../../../errors';
import type { TrainSettings } from '../../../model/settings';
import type { RunState } from '../../../train/wire/protocol';
import type { Fault, Goal, TrainedNetwork, TrainedRun } from './states';

/** A request by a person, through a button or a script. */
export type RunRequest =
  /** A press of play or step: train as soon as everything needed has arrived. */
  | { type: 'play'; request: number; goal: Goal }
  /** A script asks the worker to train. It has already waited for everything needed. */
  | { type: 'train'; request: number; goal: Goal }
  | { type: 'pause'; request: number }
  /** A request for fresh weights: no training continues. */
  | { type: 'reset' }
  /** A change that may begin another run is on its way to the worker. */
  | { type: 'change' };

/** A message of the worker, as an answer or on its own. */
export type RunAnnouncement =
  /** The worker has everything that this press of play waits for. */
  | { type: 'prepared'; request: number }
  /** The worker ended or refused a training, or refused something that the training waits for. */
  | { type: 'answered'; request: number }
  | { type: 'pauseAnswered'; request: number }
  /**
   * The worker made a change. `request` is the number of the training that follows, if one does.
   */
  | { type: 'changed'; request: number }
  | { type: 'changeRefused' }
  | { type: 'network'; network: TrainedNetwork }
  | { type: 'settings'; settings: TrainSettings }
  | { type: 'run'; run: Omit<TrainedRun, 'network' | 'settings'> }
  | { type: 'state'; state: RunState; step: number }
  | { type: 'halted'; fault: Fault }
  /** The worker died: no request will be answered any more. */
  | { type: 'failed'; error: ErrorReport };

export type RunEvent = RunRequest | RunAnnouncement;
