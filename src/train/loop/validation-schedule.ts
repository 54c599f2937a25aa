import { BUDGETS, FORWARD_SHARE, INTERVAL_MS, Pacer, Throttle } from '../../pace';

/**
 * Decides when there is time to evaluate on validation data during training: on all of the data at
 * the end of an epoch, and in between on a fixed part (a glance), as often as its cost allows.
 */
export class ValidationSchedule {
  private readonly pacer = new Pacer(BUDGETS.glance);
  private readonly wholes: Throttle;
  private trainedMs = 0;
  private examples = 0;
  private lastGlanceMs = 0;
  private begunBefore = false;

  constructor(
    private readonly glanceImages: number,
    now: () => number,
  ) {
    this.wholes = new Throttle(INTERVAL_MS.epochValidation, now);
  }

  /** Records that training took this long for this many images. */
  trained(ms: number, examples: number): void {
    this.trainedMs += ms;
    this.examples += examples;
    this.pacer.passed(ms);
  }

  glanceIsDue(): boolean {
    if (this.examples === 0) return false;
    const estimate = (this.trainedMs / this.examples) * FORWARD_SHARE * this.glanceImages;
    return this.pacer.mayRun(Math.max(estimate, this.lastGlanceMs), !this.begunBefore);
  }

  /** Time from request to answer: an upper bound of the cost, as training continued meanwhile. */
  glanceTook(ms: number): void {
    this.lastGlanceMs = ms;
  }

  /** Was the last full evaluation long enough ago? Asked at the end of an epoch. */
  wholeIsDue(): boolean {
    return this.wholes.isOpen();
  }

  begun(what: 'whole' | 'glance'): void {
    this.begunBefore = true;
    this.pacer.restart();
    if (what === 'whole') this.wholes.restart();
  }
}
