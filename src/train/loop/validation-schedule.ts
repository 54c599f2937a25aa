/** Share of the time that glances at part of the validation images may take. */
const GLANCE_SHARE = 0.03;
/** The first one may come sooner, so that the chart soon has a point of validation. */
const FIRST_GLANCE_SHARE = 0.1;
const GLANCE_INTERVAL_MS = 1000;
/** However long the last glance took: it may have waited for shaders to be compiled. */
const LONGEST_INTERVAL_MS = 60_000;
/**
 * Epochs of a tiny data set may be over in a millisecond: more evaluations than that a second help
 * nobody.
 */
const EPOCH_INTERVAL_MS = 100;
/**
 * A forward pass is about a third of a training step, which also goes backward to the inputs and to
 * the weights.
 */
const FORWARD_SHARE = 1 / 3;

/**
 * Decides when there is time to evaluate on validation data while training: all of it at the end of
 * an epoch, and between those a glance at a fixed part, as often as its cost allows.
 */
export class ValidationSchedule {
  private trainedMs = 0;
  private examples = 0;
  private sinceLastMs = 0;
  private lastGlanceMs = 0;
  private begunBefore = false;
  private lastWhole = -Infinity;

  constructor(
    private readonly glanceImages: number,
    private readonly now: () => number,
  ) {}

  /** Training went on for so long, over so many images. */
  trained(ms: number, examples: number): void {
    this.trainedMs += ms;
    this.sinceLastMs += ms;
    this.examples += examples;
  }

  glanceIsDue(): boolean {
    if (this.examples === 0 || this.sinceLastMs < GLANCE_INTERVAL_MS) return false;
    const estimate = (this.trainedMs / this.examples) * FORWARD_SHARE * this.glanceImages;
    const interval = Math.max(estimate, this.lastGlanceMs) / (this.begunBefore ? GLANCE_SHARE : FIRST_GLANCE_SHARE);
    return this.sinceLastMs >= Math.min(interval, LONGEST_INTERVAL_MS);
  }

  /** From asking to answer; an upper bound of what it cost, as training went on meanwhile. */
  glanceTook(ms: number): void {
    this.lastGlanceMs = ms;
  }

  /** At the end of an epoch: was the last time long enough ago? */
  wholeIsDue(): boolean {
    return this.now() - this.lastWhole >= EPOCH_INTERVAL_MS;
  }

  begun(what: 'whole' | 'glance'): void {
    this.begunBefore = true;
    this.sinceLastMs = 0;
    if (what === 'whole') this.lastWhole = this.now();
  }
}
