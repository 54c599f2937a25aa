import type { Network, StepRequest } from '../../backend/engine';
import { sameLiveSettings, type LiveChange, type LiveSettings } from '../../model/live-settings';
import type { BatchPlan } from './batch-plan';

/** Where submission stands in the plan, and what the network has been told of it. */
export class StepCursor {
  /** Steps submitted in this run. */
  submitted: number;
  /** The step after which the optimizer state was last zero: Adam counts its own t from there. */
  private optimizerOrigin: number;
  /** The settings of the step submitted last; null before the first. */
  private live: LiveSettings | null = null;
  /** The epoch whose order the network has, -1 for none. */
  private orderedEpoch = -1;

  /**
   * @param done steps before this run
   * @param updates those of them that the optimizer remembers
   * @param onLiveChange told the settings of the first step, and of each that has others than the one
   * before it
   */
  constructor(
    private readonly plan: BatchPlan,
    done = 0,
    updates = 0,
    private readonly onLiveChange: (change: LiveChange) => void = () => undefined,
  ) {
    this.submitted = done;
    this.optimizerOrigin = done - updates;
  }

  /**
   * The next requests, at most so many, and never past the end of an epoch: a network has the order
   * of one epoch at a time, which is set where it begins.
   * @param liveSettings those of each step (from 1)
   */
  next(network: Network, most: number, liveSettings: (step: number) => LiveSettings): StepRequest[] {
    const requests: StepRequest[] = [];
    while (requests.length < most) {
      const { epoch, order, offset, rows } = this.plan.batchOf(this.submitted + 1);
      if (epoch !== this.orderedEpoch) {
        if (requests.length > 0) break;
        network.setOrder(order);
        this.orderedEpoch = epoch;
      }
      const step = ++this.submitted;
      const live = liveSettings(step);
      if (!this.live || !sameLiveSettings(live, this.live)) this.onLiveChange({ step, settings: live });
      this.live = live;
      requests.push({ step: this.updatesAfter(step), offset, count: rows.length, ...live });
    }
    return requests;
  }

  /** Steps after this one came to nothing and will be submitted again. */
  rewind(done: number): void {
    this.submitted = done;
    this.orderedEpoch = -1;
    this.live = null;
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
