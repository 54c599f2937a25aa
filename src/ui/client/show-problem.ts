import { reportOf } from '../../errors';
import { useRunStore } from '../stores/run-store';

/** Shows on the page what went wrong where no caller waits for it. */
export function showProblem(error: unknown): void {
  // As long as no backend runs, the first problem is why it does not, and those after it are its consequences.
  useRunStore.setState(({ problem, backend }) => ({ problem: !backend && problem ? problem : { error: reportOf(error), fatal: false } }));
}
