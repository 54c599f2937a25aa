/**
 * What may take how much time beside training: every share, interval and length of a chunk stands
 * here, and the one rule by which a share of the time becomes a pause. Serves all folders and
 * imports from none.
 */

/** How much of the time something may take that is done again and again. */
export interface Budget {
  /** Share of the time, 0..1. */
  share: number;
  /** Share of the time before it is due for the first time, so that there is soon something to see. */
  firstShare?: number;
  /** The shortest pause, in milliseconds; 0 if left out. */
  leastMs?: number;
  /** The longest pause, whatever it cost; none if left out. */
  mostMs?: number;
}

export const BUDGETS = {
  /**
   * Glances at part of the validation images, of the training time. The longest pause is for a
   * glance that waited for shaders to be compiled.
   */
  glance: { share: 0.03, firstShare: 0.1, leastMs: 1000, mostMs: 60_000 },
  /** Looks at the weights, gradients and activations of all layers, of the training time. */
  diagnostics: { share: 0.02, firstShare: 0.1, leastMs: 500 },
  /**
   * Drawing how training goes on, of the main thread's time. More often would help nobody, more
   * seldom would look as if training stood still.
   */
  drawing: { share: 0.06, leastMs: 200, mostMs: 2000 },
  /**
   * The same where training needs the cores as well: what the main thread draws is painted by other
   * threads, which need them too.
   */
  drawingOnSoftware: { share: 0.02, leastMs: 200, mostMs: 2000 },
  /**
   * Storing the run in the browser, of all time. The longest pause is the training that a crash may
   * cost.
   */
  storing: { share: 0.02, leastMs: 2000, mostMs: 10_000 },
  /** A test gallery that is evaluated by itself at the end of an epoch, of the training. */
  gallery: { share: 0.01 },
} as const satisfies Record<string, Budget>;

/** Share of the worker's time that all live questions together may take while it trains. */
export const LIVE_SHARE = 0.02;
/**
 * The first answer to a live question may have waited for memory and kernels: the second one comes
 * after this pause at the latest, in milliseconds, whatever the first cost.
 */
export const FIRST_LIVE_PAUSE_MS = 1000;

/**
 * Milliseconds between an answer to a live question and the next time that it is asked: more often
 * would help nobody.
 */
export const REFRESH_MS = {
  thumbnails: 100,
  inspection: 500,
  saliency: 500,
  guide: 1000,
  gallery: 2000,
  /** Which kernels run does not change while the network stays. */
  kernels: 60_000,
} as const;

/** Milliseconds between two of the same kind, at least. */
export const INTERVAL_MS = {
  /** Events with the losses and norms of the steps done. */
  metrics: 100,
  /** Events that tell how far something is. */
  progress: 100,
  /**
   * Evaluations at the end of an epoch: epochs of a tiny data set may be over in a millisecond, and
   * more evaluations than that help nobody.
   */
  epochValidation: 100,
  /** Predictions of a drawing under way. */
  prediction: 90,
  /** Looks whether it is time to store the run. */
  storing: 500,
  /**
   * Redraws of two charts: what one changes is laid out and painted in two frames before the next
   * one begins. Four fit between two versions of the series.
   */
  charts: 40,
  /** Diagnoses of the gradients: often enough for a person, and after the charts have drawn. */
  diagnosis: 240,
  /** The same for the line that every view shows: it costs a look each time. */
  diagnosisNote: 1000,
} as const;

/** How steps are handed to the backend. */
export const PUMP = {
  /**
   * Milliseconds that one chunk of steps should take: long enough to keep a GPU busy, short enough to
   * pause at once.
   */
  chunkMs: 60,
  mostSteps: 256,
  /** While one chunk runs the next one waits, so that the backend never idles between two. */
  chunksInFlight: 2,
  /**
   * Milliseconds that the CPU works before messages have their turn, so that pause and the charts
   * are not kept waiting.
   */
  cpuTurnMs: 15,
} as const;

/** The gradient check, which somebody waits for. */
export const GRADIENT_CHECK = {
  /** Milliseconds of the whole check, but for its last entry, and of its comparisons at least. */
  mostMs: 8500,
  leastMs: 1000,
  /** Milliseconds that it works before training and messages have their turn. */
  turnMs: 30,
} as const;

/** An evaluation that takes longer is not repeated by itself whenever a paused network changes. */
export const LONGEST_UNASKED_MS = 4000;

/**
 * A forward pass is about a third of a training step, which also goes backward to the inputs and to
 * the weights.
 */
export const FORWARD_SHARE = 1 / 3;

/**
 * How long to wait before something is done again, from what it cost the last time.
 * @param cost in milliseconds, or in any other unit where the budget has no limits in milliseconds
 * @param first it was never due before
 * @returns in the unit of the cost
 */
export function pauseAfter(cost: number, budget: Budget, first = false): number {
  const { share, firstShare = share, leastMs = 0, mostMs = Infinity } = budget;
  return Math.min(Math.max(leastMs, cost / (first ? firstShare : share)), mostMs);
}

/** Tells whether something may be done again, by the time that passed since it last was. */
export class Pacer {
  private passedMs = 0;

  constructor(private readonly budget: Budget) {}

  /** So much of the time passed that the share is a share of. */
  passed(ms: number): void {
    this.passedMs += ms;
  }

  /** @param costMs what it cost the last time, or will @param first it was never due before */
  mayRun(costMs: number, first = false): boolean {
    return this.passedMs >= pauseAfter(costMs, this.budget, first);
  }

  /** It is done now. */
  restart(): void {
    this.passedMs = 0;
  }
}

/** Lets something happen at most once in an interval. */
export class Throttle {
  private last = -Infinity;

  constructor(
    private readonly intervalMs: number,
    private readonly now: () => number,
  ) {}

  /** Is the last time long enough ago? */
  isOpen(): boolean {
    return this.now() - this.last >= this.intervalMs;
  }

  /** It happens now. */
  restart(): void {
    this.last = this.now();
  }

  /** Lets it happen now if the last time is long enough ago. */
  pass(): boolean {
    if (!this.isOpen()) return false;
    this.restart();
    return true;
  }
}
