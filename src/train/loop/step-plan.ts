import { epochOrder } from '../../data/split';
import type { StepRequest } from '../../backend/engine';

/**
 * Which rows each step trains on. A pure function of data, batch size and seed, so that the
 * sequence of a run is the same however its steps are grouped into chunks. Each epoch visits every
 * training row once; its last batch is smaller where the batch size does not divide the rows, as in
 * Keras.
 */
export class StepPlan {
  readonly stepsPerEpoch: number;

  /** @param rows positions in the train image set that may be trained on */
  constructor(
    private readonly rows: Uint32Array,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {
    this.stepsPerEpoch = Math.ceil(rows.length / batchSize);
  }

  /** Epochs completed after so many steps. */
  epochsAfter(steps: number): number {
    return this.stepsPerEpoch === 0 ? 0 : Math.floor(steps / this.stepsPerEpoch);
  }

  /** The order in which an epoch (from 0) visits the rows. */
  order(epoch: number): Uint32Array {
    return epochOrder(this.rows, this.seed, epoch);
  }

  /**
   * The requests after so many steps are done: at most `most`, and never past the end of the epoch.
   */
  requestsAfter(done: number, most: number, learningRate: number, optimizerOrigin = 0): StepRequest[] {
    const first = done % this.stepsPerEpoch;
    const count = Math.min(most, this.stepsPerEpoch - first);
    return Array.from({ length: count }, (_, i) => {
      const offset = (first + i) * this.batchSize;
      return {
        step: done + i + 1 - optimizerOrigin,
        offset,
        count: Math.min(this.batchSize, this.rows.length - offset),
        learningRate,
      };
    });
  }

  /** Positions in the train image set of the batch of one step (from 1). */
  batchOf(step: number): Uint32Array {
    const offset = ((step - 1) % this.stepsPerEpoch) * this.batchSize;
    return this.order(this.epochsAfter(step - 1)).slice(offset, offset + this.batchSize);
  }
}
