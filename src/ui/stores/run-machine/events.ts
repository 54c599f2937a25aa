import type { ErrorReport } from '../../../errors';
import type { TrainSettings } from '../../../model/settings';
import type { RunState } from '../../../train/wire/protocol';
import type { Fault, Goal, TrainedNetwork, TrainedRun } from './states';

/** What people ask for, by a button or a script. */
export type RunRequest =
  /** A press of play (or step): train as soon as everything that it needs has arrived. */
  | { type: 'play'; request: number; goal: Goal }
  /** A script, which has waited for that already, asks the worker to train. */
  | { type: 'train'; request: number; goal: Goal }
  | { type: 'pause'; request: number }
  /** Fresh weights: nothing goes on. */
  | { type: 'reset' }
  /** A change that may begin another run is on its way to the worker. */
  | { type: 'change' };

/** What the worker says, in an answer or by itself. */
export type RunAnnouncement =
  /** It has everything that this press of play waits for. */
  | { type: 'prepared'; request: number }
  /** It ended a training that it was asked for, or refused it; or refused what that waits for. */
  | { type: 'answered'; request: number }
  | { type: 'pauseAnswered'; request: number }
  /** It made a change. `request` numbers the training that follows, where one does. */
  | { type: 'changed'; request: number }
  | { type: 'changeRefused' }
  | { type: 'network'; network: TrainedNetwork }
  | { type: 'settings'; settings: TrainSettings }
  | { type: 'run'; run: Omit<TrainedRun, 'network' | 'settings'> }
  | { type: 'state'; state: RunState; step: number }
  | { type: 'halted'; fault: Fault }
  /** It died: no request will be answered any more. */
  | { type: 'failed'; error: ErrorReport };

export type RunEvent = RunRequest | RunAnnouncement;
