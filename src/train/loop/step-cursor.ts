import type { Network, StepRequest } from '../../backend/engine';
import { sameLiveSettings, type LiveChange, type LiveSettings } from '../../model/live-settings';
import type { BatchPlan } from './batch-plan';

/** Tracks how far the plan has been submitted, and which order the network has. */
export class StepCursor {
  /** Steps submitted in this run. */
  submitted: number;
  /** The step after which the optimizer state was last zero. Adam counts its t from there. */
  private optimizerOrigin: number;
  /** The settings of the last submitted step; null before the first step. */
  private live: LiveSettings | null = null;
  /** The epoch whose order the network has, -1 for none. */
  private orderedEpoch = -1;

  /**
   * @param done steps before this run
   * @param updates how many of these steps the optimizer remembers
   * @param onLiveChange receives the settings of the first step, and of each step whose settings
   * differ from those of the step before
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
   * The next requests, at most `most`, and never past the end of an epoch, because a network has
   * the order of one epoch at a time. The order is set at the start of the epoch.
   * @param liveSettings the settings of each step (from 1)
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

  /** Goes back to this step, because the steps after it failed and will be submitted again. */
  rewind(done: number): void {
    this.submitted = done;
    this.orderedEpoch = -1;
    this.live = null;
  }

  /** Updates of the optimizer up to this step, since its state was last zero. */
  updatesAfter(done: number): number {
    return done - this.optimizerOrigin;
  }

  /** Notes that the optimizer state is zero after this many steps. */
  restartOptimizer(done: number): void {
    this.optimizerOrigin = done;
  }
}
