import type { Weights } from '../../model/initialize';
import type { OptimizerState } from '../wire/protocol';

/** A copy of the weights outside the backend, in case the backend dies. */
export interface Snapshot {
  step: number;
  weights: Weights;
}

/** Everything needed to continue from a step. */
export interface Capture extends Snapshot {
  optimizer: OptimizerState;
}

/** The callers that wait for the weights of one step while the network trains. */
export class Captures {
  private waiting: { resolve: (capture: Capture) => void; reject: (error: unknown) => void }[] = [];

  /** Whether a caller waits. The loop then finishes the submitted steps and begins no new ones. */
  get wanted(): boolean {
    return this.waiting.length > 0;
  }

  ask(): Promise<Capture> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Call this when all submitted steps are done. The next steps begin after the copy. */
  answer(capture: () => Promise<Capture>): void {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    const captured = capture();
    for (const { resolve, reject } of waiting) captured.then(resolve, reject);
  }
}
