import { flushSync } from 'react-dom';

/** Share of the main thread's time that drawing may take before it is done less often. */
export const DRAW_SHARE = 0.06;

/** Between two redraws: more often would help nobody, more seldom would look as if training stood still. */
const LEAST_MS = 200;
const MOST_MS = 1000;

/**
 * When the page draws how training goes on: five times a second on a fast machine. Where drawing is slow, it takes the cores that a
 * software adapter trains on: there it is done as seldom as its share of the time asks for.
 */
export class Redraws {
  private readonly wanted = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private begunAt = -Infinity;
  /** Milliseconds of drawing since the last redraw began. */
  private spentMs = 0;
  private frame = 0;
  private slowed = 0;

  /** Time between redraws where they had to become rarer than five a second, in milliseconds; 0 where they did not. */
  get slowedToMs(): number {
    return this.slowed;
  }

  /** Calls back once, when it is time for the next redraw. Asking again before it came changes nothing. */
  request(announce: () => void): void {
    this.wanted.add(announce);
    this.timer ??= setTimeout(() => this.begin(), this.restMs());
  }

  /** Changes a part of the page at once, and counts how long that takes up to the picture on the screen. */
  draw(change: () => void): void {
    const begun = performance.now();
    flushSync(change);
    this.spentMs += performance.now() - begun;
    this.frame ||= requestAnimationFrame(() => this.countFrame());
  }

  /** Style, layout and paint follow in the same frame; a message that is posted now arrives after them. */
  private countFrame(): void {
    this.frame = 0;
    const begun = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      this.spentMs += performance.now() - begun;
      port1.close();
    };
    port2.postMessage(null);
  }

  private periodMs(): number {
    return Math.min(Math.max(LEAST_MS, this.spentMs / DRAW_SHARE), MOST_MS);
  }

  /** Time left until the next redraw. */
  private restMs(): number {
    return Math.max(0, this.begunAt + this.periodMs() - performance.now());
  }

  private begin(): void {
    // What was drawn since the timer was set may ask for a longer rest.
    const restMs = this.restMs();
    this.timer = restMs > 1 ? setTimeout(() => this.begin(), restMs) : undefined;
    if (this.timer) return;
    const periodMs = this.periodMs();
    this.slowed = periodMs > LEAST_MS ? periodMs : 0;
    this.begunAt = performance.now();
    this.spentMs = 0;
    const announcements = [...this.wanted];
    this.wanted.clear();
    for (const announce of announcements) announce();
  }
}

/** Those of the page. */
export const redraws = new Redraws();
