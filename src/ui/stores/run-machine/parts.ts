import type { Asking, Goal, Rest, RunMachine, Running, Waiting } from './states';

/** The state without the fields of a training: nothing is trained from now on. */
export const atRest = ({ run, changes }: RunMachine, rest: Rest): RunMachine => ({ run, changes, ...rest });

/** The rest that a state is, or falls back to. */
export function restOf(state: RunMachine): Rest {
  switch (state.phase) {
    case 'idle':
    case 'paused':
      return { phase: state.phase };
    case 'halted':
      return { phase: 'halted', fault: state.fault };
    case 'done':
      return { phase: 'done', reason: state.reason };
    case 'waiting':
    case 'pausing':
      return state.rest;
    case 'running':
      return { phase: 'paused' };
    default:
      return state satisfies never;
  }
}

/** Whether the goal is to train until paused. */
export const isEndless = ({ steps, epochs }: Goal) => steps === undefined && epochs === undefined;

/**
 * The state of a request that waits for its training to run.
 * @param rest the state it falls back to
 */
export function waitingFor({ run, changes }: RunMachine, asking: Asking, rest: Rest): RunMachine & Waiting {
  const requests = asking.asked ? [asking.request] : [];
  return { run, changes, phase: 'waiting', ...asking, requests, resumes: isEndless(asking.goal), rest };
}

/**
 * Training ended because an unanswered change began another run, or is about to. The training waits
 * for the answer and then continues.
 */
export function interrupted({ run, changes, requests, resumes }: RunMachine & Running, rest: Rest): RunMachine {
  const asking: Asking = { request: requests.at(-1) ?? 0, goal: {}, cause: 'change', asked: true };
  return { run, changes, phase: 'waiting', ...asking, requests, resumes, rest };
}

/** The step at which a training that begins now ends by itself; null if it has no end. */
export function targetOf({ steps, epochs }: Goal, since: number, stepsPerEpoch: number): number | null {
  if (steps !== undefined) return since + steps;
  return epochs === undefined ? null : since + epochs * stepsPerEpoch;
}
