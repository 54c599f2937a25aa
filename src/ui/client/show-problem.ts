import { reportOf } from '../../errors';
import { useRunStore } from '../stores/run-store';

/** Shows on the page what went wrong where no caller waits for it. */
export function showProblem(error: unknown): void {
  useRunStore.setState({ problem: { error: reportOf(error), fatal: false } });
}
