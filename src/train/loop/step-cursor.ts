import type { Network, StepRequest } from '../../backend/engine';
import type { StepPlan } from './step-plan';

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
    private readonly plan: StepPlan,
    done = 0,
    updates = 0,
  ) {
    this.submitted = done;
    this.optimizerOrigin = done - updates;
  }

  /** The next requests, at most so many; sets the order of rows first where an epoch begins. */
  next(network: Network, most: number, learningRate: number): StepRequest[] {
    const epoch = this.plan.epochsAfter(this.submitted);
    if (epoch !== this.orderedEpoch) {
      network.setOrder(this.plan.order(epoch));
      this.orderedEpoch = epoch;
    }
    const requests = this.plan.requestsAfter(this.submitted, most, learningRate, this.optimizerOrigin);
    this.submitted += requests.length;
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
