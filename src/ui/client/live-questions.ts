import { FIRST_LIVE_PAUSE_MS } from '../../pace';
import { restsFor } from './live-share';

/** Something that is asked again and again as the network changes. */
export interface LiveQuestion {
  /** Asks the worker and shows the answer. Never rejects. */
  ask(): Promise<void>;
  /**
   * The least time between an answer and asking again while the network trains: more often would
   * help nobody.
   */
  refreshMs: number;
}

export interface LiveOptions {
  isTraining(): boolean;
  /** Nobody is looking: nothing is asked. */
  isHidden(): boolean;
  now(): number;
  /**
   * The least time between an answer and asking again for pages that are slow to draw; 0 for
   * others. There a question also goes along with one that is due a little earlier: answers that
   * arrive together share a frame.
   */
  slowedToMs(): number;
}

interface Entry {
  question: LiveQuestion;
  /** The network has changed since it was last asked. */
  stale: boolean;
  open: boolean;
  answeredAt: number;
  /** Of the last answers, in milliseconds of the worker. */
  costs: number[];
}

/**
 * The median of so many costs is taken for the cost: one that was slow once counts for nothing, all
 * that are slow do.
 */
const REMEMBERED = 3;

/**
 * The page's live questions: thumbnails, predictions, what the inspector shows. Each is asked at
 * once when it is new (somebody chose another layer or image). While the network trains they are
 * then asked again as often as {@link restsFor} allows by what they cost; while it does not, all of
 * them as soon as anything has changed. None is asked again before it is answered.
 */
export class LiveQuestions {
  private readonly entries = new Set<Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * Work of the worker that no question was charged for yet: told right before the answer that it
   * was for.
   */
  private unclaimedMs = 0;

  constructor(private readonly options: LiveOptions) {}

  /** Keeps asking, from now until the function returned is called. */
  follow(question: LiveQuestion): () => void {
    const entry: Entry = { question, stale: true, open: false, answeredAt: -Infinity, costs: [] };
    this.entries.add(entry);
    if (!this.options.isHidden()) void this.ask(entry);
    return () => {
      this.entries.delete(entry);
      this.schedule();
    };
  }

  /**
   * The network has changed: every answer is out of date. @param entirely it is another network, or
   * other images
   */
  changed(entirely = false): void {
    for (const entry of this.entries) {
      entry.stale = true;
      if (entirely) entry.answeredAt = -Infinity;
    }
    this.schedule();
  }

  /** The worker has worked for an answer, which comes next. */
  spent(ms: number): void {
    this.unclaimedMs += ms;
  }

  /**
   * Asks what is due, or sees to it that it will be. Call also when training begins or stops, or
   * when the page comes to sight.
   */
  schedule(): void {
    clearTimeout(this.timer);
    if (this.options.isHidden()) return;
    const due = this.options.isTraining() ? this.dueTimes() : null;
    const rests = [...this.entries]
      .filter((entry) => entry.stale && !entry.open)
      .map((entry) => ({ entry, restMs: due ? due.get(entry)! - this.options.now() : 0 }));
    const begins = rests.some(({ restMs }) => restMs <= 0);
    const soonMs = begins ? this.options.slowedToMs() / 2 : 0;
    const [now, later] = [
      rests.filter(({ restMs }) => restMs <= soonMs),
      rests.filter(({ restMs }) => restMs > soonMs),
    ];
    if (later.length > 0)
      this.timer = setTimeout(() => this.schedule(), Math.min(...later.map(({ restMs }) => restMs)));
    for (const { entry } of now) void this.ask(entry);
  }

  /** When each question may be asked again while training. */
  private dueTimes(): Map<Entry, number> {
    const entries = [...this.entries];
    const costOf = ({ costs }: Entry) => [...costs].sort((a, b) => a - b)[(costs.length - 1) >> 1] ?? 0;
    const least = this.options.slowedToMs();
    const rests = restsFor(
      entries.map((entry) => ({ costMs: costOf(entry), refreshMs: Math.max(least, entry.question.refreshMs) })),
    );
    return new Map(
      entries.map((entry, i) => [
        entry,
        entry.answeredAt + (entry.costs.length < 2 ? Math.min(rests[i], FIRST_LIVE_PAUSE_MS) : rests[i]),
      ]),
    );
  }

  private async ask(entry: Entry): Promise<void> {
    entry.stale = false;
    entry.open = true;
    await entry.question.ask();
    entry.open = false;
    entry.answeredAt = this.options.now();
    entry.costs = [...entry.costs, this.unclaimedMs].slice(-REMEMBERED);
    this.unclaimedMs = 0;
    this.schedule();
  }
}
