import type { Network, StepRequest } from '../../backend/engine';
import type { BatchPlan } from './batch-plan';

/** Where submission stands in the plan, and what the network has been told of it. */
export class StepCursor {
  /** Steps submitted in this run. */
  submitted: number;
  /** The step after which the optimizer state was last zero: Adam counts its own t from there. */
  private optimizerOrigin: number;
  /** The epoch whose order the network has, -1 for none. */
  private orderedEpoch = -1;

  /**
   * @param done steps before this run
   * @param updates those of them that the optimizer remembers
   */
  constructor(
    private readonly plan: BatchPlan,
    done = 0,
    updates = 0,
  ) {
    this.submitted = done;
    this.optimizerOrigin = done - updates;
  }

  /**
   * The next requests, at most so many, and never past the end of an epoch: a network has the order
   * of one epoch at a time, which is set where it begins.
   */
  next(network: Network, most: number, learningRate: number): StepRequest[] {
    const requests: StepRequest[] = [];
    while (requests.length < most) {
      const { epoch, order, offset, rows } = this.plan.batchOf(this.submitted + 1);
      if (epoch !== this.orderedEpoch) {
        if (requests.length > 0) break;
        network.setOrder(order);
        this.orderedEpoch = epoch;
      }
      this.submitted++;
      requests.push({ step: this.updatesAfter(this.submitted), offset, count: rows.length, learningRate });
    }
    return requests;
  }

  /** Steps after this one came to nothing and will be submitted again. */
  rewind(done: number): void {
    this.submitted = done;
    this.orderedEpoch = -1;
  }

  /** Updates of the optimizer in so many steps, since its state was zero. */
  updatesAfter(done: number): number {
    return done - this.optimizerOrigin;
  }

  /** The optimizer state is zero after so many steps. */
  restartOptimizer(done: number): void {
    this.optimizerOrigin = done;
  }
}
