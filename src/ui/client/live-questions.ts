import { at } from '../../at';
import { FIRST_LIVE_PAUSE_MS } from '../../pace';
import { restsFor } from './live-share';

/** A question that is asked repeatedly as the network changes. */
export interface LiveQuestion {
  /** Asks the worker and shows the answer. Never rejects. */
  ask(): Promise<void>;
  /**
   * The shortest time from an answer to the next question while the network trains. Asking more
   * often would not help anyone.
   */
  refreshMs: number;
}

export interface LiveOptions {
  isTraining(): boolean;
  /** Whether the page is hidden. Nothing is asked then, because nobody sees the answer. */
  isHidden(): boolean;
  now(): number;
  /**
   * The shortest time from an answer to the next question on a page that is slow to draw; 0 on
   * other pages. On a slow page, a question is also asked a little early when another one is due,
   * because answers that arrive together share a frame.
   */
  slowedToMs(): number;
}

interface Entry {
  question: LiveQuestion;
  /** Whether the network has changed since the question was last asked. */
  stale: boolean;
  open: boolean;
  answeredAt: number;
  /** The costs of the last answers, in milliseconds of the worker's time. */
  costs: number[];
}

/**
 * The cost of a question is the median of this many costs. One slow answer then has no effect, but
 * a question that is always slow does.
 */
const REMEMBERED = 3;

/**
 * The page's live questions: thumbnails, predictions, the content of the inspector. A new question
 * is asked at once (somebody chose another layer or image). While the network trains, each question
 * is repeated as often as {@link restsFor} allows for its cost. While it does not train, all
 * questions are repeated as soon as anything has changed. No question is repeated before its answer
 * has arrived.
 */
export class LiveQuestions {
  private readonly entries = new Set<Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * The worker's time that is not charged to a question yet. The worker reports it right before the
   * answer that it was spent on.
   */
  private unclaimedMs = 0;

  constructor(private readonly options: LiveOptions) {}

  /** Keeps asking a question until the returned function is called. */
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
   * The network has changed, so every answer is out of date.
   * @param entirely whether it is another network, or other images
   */
  changed(entirely = false): void {
    for (const entry of this.entries) {
      entry.stale = true;
      if (entirely) entry.answeredAt = -Infinity;
    }
    this.schedule();
  }

  /** The worker has spent this time on the answer that arrives next. */
  spent(ms: number): void {
    this.unclaimedMs += ms;
  }

  /**
   * Asks every question that is due, and sets a timer for the others. Must also be called when
   * training begins or stops, and when the page becomes visible.
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
      entries.map((entry, i) => {
        const rest = at(rests, i);
        return [entry, entry.answeredAt + (entry.costs.length < 2 ? Math.min(rest, FIRST_LIVE_PAUSE_MS) : rest)];
      }),
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
