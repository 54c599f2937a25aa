import type { ErrorReport } from '../../../errors';
import type { RunState } from '../../../train/wire/protocol';
import { atRest, interrupted, isEndless, targetOf } from './parts';
import type { Fault, Rest, RunMachine, Running, TrainedRun } from './states';

/** The worker begins another run. Only a change that is on its way lets training go on in it. */
export function beginRun(before: RunMachine, news: Omit<TrainedRun, 'network' | 'settings'>): RunMachine {
  const { network, settings } = before.run;
  return stopped({ ...before, run: { ...news, network, settings } }, { phase: 'idle' });
}

/** The worker trains, or stopped. Why it halted is said by an announcement of its own. */
export function showState(state: RunMachine, said: RunState, step: number): RunMachine {
  switch (said) {
    case 'running':
      return begin(state, step);
    case 'idle':
    case 'paused':
      return rest(state, said, step);
    case 'halted':
      return state;
    default:
      return said satisfies never;
  }
}

/** A number was no longer finite. */
export const halt = (state: RunMachine, fault: Fault): RunMachine => stopped(state, { phase: 'halted', fault });

/** The worker died: there is nothing left to wait for. */
export const fail = (state: RunMachine, error: ErrorReport): RunMachine =>
  atRest(state, { phase: 'done', reason: { kind: 'failure', error } });

function begin(state: RunMachine, since: number): RunMachine {
  const { run, changes } = state;
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      // One batch, stepped through by hand.
      return { run, changes, phase: 'running', since, target: null, resumes: false, requests: [] };
    case 'waiting': {
      // What runs is not what waits as long as the worker was not asked for that.
      if (!state.asked) return state;
      const { resumes, requests, goal } = state;
      const target = targetOf(goal, since, run.stepsPerEpoch);
      return { run, changes, phase: 'running', since, target, resumes, requests };
    }
    case 'running':
      return state;
    case 'pausing': {
      const { next, requests } = state;
      if (!next?.asked) return { ...state, since };
      const target = targetOf(next.goal, since, run.stepsPerEpoch);
      return { run, changes, phase: 'running', since, target, resumes: isEndless(next.goal), requests };
    }
    default:
      return state satisfies never;
  }
}

function rest(state: RunMachine, phase: 'idle' | 'paused', step: number): RunMachine {
  // A run that is done pauses at its last step; a dead worker has no more to say.
  if (state.phase === 'done' && (phase === 'paused' || state.reason.kind === 'failure')) return state;
  const reached = state.phase === 'running' && state.target !== null && step >= state.target;
  return stopped(state, reached ? { phase: 'done', reason: { kind: 'target', step } } : { phase });
}

/** Nothing is trained at the moment; what waits goes on waiting. */
function stopped(state: RunMachine, rest: Rest): RunMachine {
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      return atRest(state, rest);
    case 'waiting':
      return { ...state, rest };
    case 'running':
      return isInterrupted(state) ? interrupted(state, rest) : atRest(state, rest);
    case 'pausing':
      return { ...state, since: null, rest };
    default:
      return state satisfies never;
  }
}

/** A change that is on its way stopped it, or will have it go on at any rate. */
const isInterrupted = ({ resumes, changes }: RunMachine & Running) => resumes && changes > 0;
