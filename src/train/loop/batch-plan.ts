import { epochOrder } from '../../data/split';

/** The images that one training step takes. */
export interface Batch {
  /** Epochs completed before the step. */
  epoch: number;
  /** Positions in the train image set of all images of that epoch, in the order of training. */
  order: Uint32Array;
  /** Where the batch begins in that order. */
  offset: number;
  /** Positions in the train image set of the images of the batch, [n]. */
  rows: Uint32Array;
}

/**
 * Decides which images each step takes. The result depends only on data, batch size and seed, so
 * that the sequence of a run is the same however its steps are grouped into chunks. Each epoch
 * visits every training image once. Its last batch is smaller if the batch size does not divide the
 * number of images, as in Keras.
 */
export class BatchPlan {
  readonly stepsPerEpoch: number;
  /** The order of the last call, kept because the next step mostly belongs to the same epoch. */
  private latest: Pick<Batch, 'epoch' | 'order'> | null = null;

  /** @param rows positions in the train image set that may be trained on */
  constructor(
    private readonly rows: Uint32Array,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {
    this.stepsPerEpoch = Math.ceil(rows.length / batchSize);
  }

  /** Number of epochs that are completed after this many steps. */
  epochsAfter(steps: number): number {
    return this.stepsPerEpoch === 0 ? 0 : Math.floor(steps / this.stepsPerEpoch);
  }

  /** Does an epoch end with this step (from 1)? */
  endsEpoch(step: number): boolean {
    return step % this.stepsPerEpoch === 0;
  }

  /**
   * The batch of one step (from 1). All code that needs the images of a step calls this: training,
   * single steps, the gradient check, the search for an overflow, and the diagnostics.
   */
  batchOf(step: number): Batch {
    const epoch = this.epochsAfter(step - 1);
    const order = this.orderOf(epoch);
    const offset = (step - 1 - epoch * this.stepsPerEpoch) * this.batchSize;
    return { epoch, order, offset, rows: order.subarray(offset, offset + this.batchSize) };
  }

  private orderOf(epoch: number): Uint32Array {
    if (this.latest?.epoch !== epoch) this.latest = { epoch, order: epochOrder(this.rows, this.seed, epoch) };
    return this.latest.order;
  }
}
