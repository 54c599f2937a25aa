import { atRest, restOf, waitingFor } from './parts';
import type { RunMachine, Running, Waiting } from './states';

const without = (requests: readonly number[], request: number) => requests.filter((other) => other !== request);

/** Everything that this press of play waits for has arrived, so the worker is asked to train. */
export function afterPrepared(state: RunMachine, request: number): RunMachine {
  if (state.phase !== 'waiting' || state.asked || state.request !== request) return state;
  return { ...state, asked: true, requests: [request] };
}

/**
 * A training ended, or was refused. This answer does not end a running training, because it may
 * belong to another request; the worker announces the end of the running one separately.
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

/** The steps that were on their way when pause was pressed are done. Only the last press counts. */
export function afterPause(state: RunMachine, request: number): RunMachine {
  if (state.phase !== 'pausing' || state.request !== request) return state;
  return state.next ? waitingFor(state, state.next, state.rest) : atRest(state, state.rest);
}

/**
 * A change was made or refused. A training that ran until paused before the change continues.
 * @param request number of the training that continues; null if the change was refused
 */
export function afterChange(before: RunMachine, request: number | null): RunMachine {
  const state = before.changes > 0 ? { ...before, changes: before.changes - 1 } : before;
  if (state.phase === 'running' && state.requests.length === 0) {
    // The run ended without an announcement, and no other has begun.
    return state.resumes && request !== null ? askAgain(state, request) : atRest(state, { phase: 'paused' });
  }
  if (state.phase !== 'waiting' || !state.asked) return state;
  if (request === null || !state.resumes || state.rest.phase === 'halted') return unlessOver(state);
  return askAgain(state, request);
}

/** Waits for the training that continues after a change. The worker is being asked for it now. */
function askAgain(state: RunMachine & (Running | Waiting), request: number): RunMachine {
  const cause = state.phase === 'waiting' ? state.cause : 'change';
  const waiting = waitingFor(state, { request, goal: {}, cause, asked: true }, restOf(state));
  return { ...waiting, requests: [...state.requests, request] };
}

/** A waiting request keeps waiting as long as the worker may still train for it. */
function unlessOver(state: RunMachine & Waiting): RunMachine {
  const mayResume = state.resumes && state.changes > 0;
  return state.requests.length > 0 || mayResume ? state : atRest(state, state.rest);
}
