import type { ErrorReport } from '../../../errors';
import type { RunState } from '../../../train/wire/protocol';
import { atRest, interrupted, isEndless, targetOf } from './parts';
import type { Fault, Rest, RunMachine, Running, TrainedRun } from './states';

/** The worker begins another run. Training continues in it only if a pending change resumes it. */
export function beginRun(before: RunMachine, news: Omit<TrainedRun, 'network' | 'settings'>): RunMachine {
  const { network, settings } = before.run;
  return stopped({ ...before, run: { ...news, network, settings } }, { phase: 'idle' });
}

/** The worker trains, or has stopped. The reason for a halt comes in a separate announcement. */
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

/** A number stopped being finite. */
export const halt = (state: RunMachine, fault: Fault): RunMachine => stopped(state, { phase: 'halted', fault });

/** The worker died, so there is nothing left to wait for. */
export const fail = (state: RunMachine, error: ErrorReport): RunMachine =>
  atRest(state, { phase: 'done', reason: { kind: 'failure', error } });

function begin(state: RunMachine, since: number): RunMachine {
  const { run, changes } = state;
  switch (state.phase) {
    case 'idle':
    case 'paused':
    case 'halted':
    case 'done':
      // Someone steps through one batch by hand.
      return { run, changes, phase: 'running', since, target: null, resumes: false, requests: [] };
    case 'waiting': {
      // Before the worker is asked for the waiting training, a running one must be another.
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
  // A finished run pauses at its last step, and a dead worker has nothing more to say.
  if (state.phase === 'done' && (phase === 'paused' || state.reason.kind === 'failure')) return state;
  const reached = state.phase === 'running' && state.target !== null && step >= state.target;
  return stopped(state, reached ? { phase: 'done', reason: { kind: 'target', step } } : { phase });
}

/** Nothing is being trained at the moment. A waiting request keeps waiting. */
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

/** A pending change either stopped the training or will make it continue anyway. */
const isInterrupted = ({ resumes, changes }: RunMachine & Running) => resumes && changes > 0;
