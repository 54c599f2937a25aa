import { atRest, restOf, waitingFor } from './parts';
import type { Asking, RunMachine } from './states';

/** Play or step was pressed. A training that runs, or is about to, continues unchanged. */
export function play(state: RunMachine, asking: Asking): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return waitingFor(state, asking, restOf(state));
    case 'waiting':
    case 'running':
      return state;
    case 'pausing':
      return state.next ? state : { ...state, next: asking };
    default:
      return state satisfies never;
  }
}

/**
 * A script asks the worker to train. If something is already training, the worker refuses with an
 * error.
 */
export function train(state: RunMachine, asking: Asking): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return waitingFor(state, asking, restOf(state));
    case 'waiting':
      if (!state.asked) return waitingFor(state, asking, state.rest);
      return { ...state, requests: [...state.requests, asking.request] };
    case 'running':
      return { ...state, requests: [...state.requests, asking.request] };
    case 'pausing':
      return { ...state, requests: [...state.requests, asking.request], next: asking };
    default:
      return state satisfies never;
  }
}

/** Pause was pressed. A request that the worker was not asked for yet is cancelled at once. */
export function pause(state: RunMachine, request: number): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return state;
    case 'waiting': {
      const { run, changes, requests, rest } = state;
      if (requests.length === 0) return atRest(state, rest);
      return { run, changes, phase: 'pausing', request, since: null, next: null, requests, rest };
    }
    case 'running': {
      const { run, changes, requests, since } = state;
      return { run, changes, phase: 'pausing', request, since, next: null, requests, rest: restOf(state) };
    }
    case 'pausing':
      return { ...state, request, next: null };
    default:
      return state satisfies never;
  }
}

/** Fresh weights were requested. The worker's next run ends the current training. */
export function reset(state: RunMachine): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return state;
    case 'waiting':
      return state.requests.length === 0 ? atRest(state, state.rest) : { ...state, resumes: false };
    case 'running':
      return { ...state, resumes: false };
    case 'pausing':
      return { ...state, next: null };
    default:
      return state satisfies never;
  }
}
