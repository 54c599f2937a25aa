import { DEFAULT_SETTINGS } from '../../../model/settings';
import { beginRun, fail, halt, showState } from './announcements';
import { afterAnswer, afterChange, afterPause, afterPrepared } from './answers';
import type { RunEvent } from './events';
import { pause, play, reset, train } from './requests';
import type { RunMachine } from './states';

/** The state before anything has begun. */
export const FIRST_STATE: RunMachine = {
  phase: 'idle',
  run: { id: 0, network: null, settings: DEFAULT_SETTINGS, data: null, source: null, stepsPerEpoch: 0 },
  changes: 0,
};

/**
 * The state after an event. Only this function changes what is trained; `src/README.md` has a
 * diagram. Returns the same object if the event means nothing in the state, such as a late answer
 * or a second press of play.
 */
export function transition(state: RunMachine, event: RunEvent): RunMachine {
  switch (event.type) {
    case 'play':
      return play(state, { request: event.request, goal: event.goal, cause: 'press', asked: false });
    case 'train':
      return train(state, { request: event.request, goal: event.goal, cause: 'script', asked: true });
    case 'pause':
      return pause(state, event.request);
    case 'reset':
      return reset(state);
    case 'change':
      return { ...state, changes: state.changes + 1 };
    case 'prepared':
      return afterPrepared(state, event.request);
    case 'answered':
      return afterAnswer(state, event.request);
    case 'pauseAnswered':
      return afterPause(state, event.request);
    case 'changed':
      return afterChange(state, event.request);
    case 'changeRefused':
      return afterChange(state, null);
    case 'network':
      return { ...state, run: { ...state.run, network: event.network } };
    case 'settings':
      return { ...state, run: { ...state.run, settings: event.settings } };
    case 'run':
      return beginRun(state, event.run);
    case 'state':
      return showState(state, event.state, event.step);
    case 'halted':
      return halt(state, event.fault);
    case 'failed':
      return fail(state, event.error);
    default:
      return event satisfies never;
  }
}
