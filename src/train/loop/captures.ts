import type { Weights } from '../../model/initialize';
import type { OptimizerState } from '../wire/protocol';

/** Weights on this side of the backend, in case it dies. */
export interface Snapshot {
  step: number;
  weights: Weights;
}

/** All that it takes to go on from a step. */
export interface Capture extends Snapshot {
  optimizer: OptimizerState;
}

/** Who waits, while the network trains, for the weights of one step. */
export class Captures {
  private waiting: { resolve(capture: Capture): void; reject(error: unknown): void }[] = [];

  /** Somebody waits: the steps on their way are to be done, and none begun. */
  get wanted(): boolean {
    return this.waiting.length > 0;
  }

  ask(): Promise<Capture> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** All steps submitted are done, and the next come after the weights were copied. */
  answer(capture: () => Promise<Capture>): void {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    const captured = capture();
    for (const { resolve, reject } of waiting) captured.then(resolve, reject);
  }
}
