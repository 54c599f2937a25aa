import { atRest, restOf, waitingFor } from './parts';
import type { RunMachine, Running, Waiting } from './states';

const without = (requests: readonly number[], request: number) => requests.filter((other) => other !== request);

/** Everything that this press of play waits for is there: the worker is asked to train. */
export function afterPrepared(state: RunMachine, request: number): RunMachine {
  if (state.phase !== 'waiting' || state.asked || state.request !== request) return state;
  return { ...state, asked: true, requests: [request] };
}

/**
 * A training ended, or was refused. Of one that runs the worker has said more, or is about to: this
 * may be about another.
 */
export function afterAnswer(state: RunMachine, request: number): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return state;
    case 'waiting': {
      if (!state.asked) return state.request === request ? atRest(state, state.rest) : state;
      if (!state.requests.includes(request)) return state;
      return unlessOver({ ...state, requests: without(state.requests, request) });
    }
    case 'running':
      return { ...state, requests: without(state.requests, request) };
    case 'pausing': {
      const next = state.next?.request === request ? null : state.next;
      return { ...state, requests: without(state.requests, request), next };
    }
    default:
      return state satisfies never;
  }
}

/** The steps on their way when pause was pressed are done. Only the last press counts. */
export function afterPause(state: RunMachine, request: number): RunMachine {
  if (state.phase !== 'pausing' || state.request !== request) return state;
  return state.next ? waitingFor(state, state.next, state.rest) : atRest(state, state.rest);
}

/**
 * A change was made or refused: what trained until paused before it goes on.
 * @param request number of the training that goes on; null where the change was refused
 */
export function afterChange(before: RunMachine, request: number | null): RunMachine {
  const state = before.changes > 0 ? { ...before, changes: before.changes - 1 } : before;
  if (state.phase === 'running' && state.requests.length === 0) {
    // The run ended without a word, and no other has begun.
    return state.resumes && request !== null ? askAgain(state, request) : atRest(state, { phase: 'paused' });
  }
  if (state.phase !== 'waiting' || !state.asked) return state;
  if (request === null || !state.resumes || state.rest.phase === 'halted') return unlessOver(state);
  return askAgain(state, request);
}

/** The training that goes on after a change, which the worker is asked for now. */
function askAgain(state: RunMachine & (Running | Waiting), request: number): RunMachine {
  const cause = state.phase === 'waiting' ? state.cause : 'change';
  const waiting = waitingFor(state, { request, goal: {}, cause, asked: true }, restOf(state));
  return { ...waiting, requests: [...state.requests, request] };
}

/** What waits goes on waiting as long as the worker may still train for it. */
function unlessOver(state: RunMachine & Waiting): RunMachine {
  const mayResume = state.resumes && state.changes > 0;
  return state.requests.length > 0 || mayResume ? state : atRest(state, state.rest);
}
