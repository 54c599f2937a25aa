import { reportOf } from '../../errors';
import { useRunStore, type RunStore } from './run-store';

/** Shows an error on the page if no caller is waiting for it. */
export function showProblem(error: unknown): void {
  // Before a backend runs, and after a fatal problem, the first problem is the cause and later ones
  // are its consequences, so the first stays.
  useRunStore.setState(({ problem, backend }) => ({
    problem: problem && (!backend || problem.fatal) ? problem : { error: reportOf(error), fatal: false },
  }));
}

/**
 * Removes the problem of an earlier attempt. A fatal problem stays, because no attempt can follow
 * it.
 */
export function clearProblem(): void {
  useRunStore.setState(({ problem }) => ({ problem: problem?.fatal ? problem : null }));
}

/** Whether a problem is that network, settings or stack were refused. It ends when they change. */
export const isRefusal = (problem: RunStore['problem']): boolean =>
  Boolean(problem && !problem.fatal && (problem.error.where.layer ?? problem.error.where.field));

/** Removes what was said of a stack that could not be trained, once it can be. */
export function clearRefusal(): void {
  useRunStore.setState(({ problem }) => ({ problem: isRefusal(problem) ? null : problem }));
}
