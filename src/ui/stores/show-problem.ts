import { reportOf } from '../../errors';
import { useRunStore } from './run-store';

/** Shows on the page what went wrong where no caller waits for it. */
export function showProblem(error: unknown): void {
  // As long as no backend runs, and once none will any more, the first problem is why, and those
  // after it are its consequences.
  useRunStore.setState(({ problem, backend }) => ({
    problem: problem && (!backend || problem.fatal) ? problem : { error: reportOf(error), fatal: false },
  }));
}

/** Takes away what is said of an earlier attempt; not that there can be no other. */
export function clearProblem(): void {
  useRunStore.setState(({ problem }) => ({ problem: problem?.fatal ? problem : null }));
}
