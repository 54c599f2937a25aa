import { flushSync } from 'react-dom';
import { BUDGETS, pauseAfter } from '../../pace';
import { isRunning } from './run-machine/selectors';
import { useRunStore } from './run-store';

const { leastMs } = BUDGETS.drawing;

/**
 * When the page draws how training goes on: five times a second on a fast machine. Where drawing is
 * slow, or takes the cores that training needs, it is done as seldom as its share of the time asks
 * for, until training pauses.
 */
export class Redraws {
  private readonly wanted = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private begunAt = -Infinity;
  /** Milliseconds of drawing since the last redraw began. */
  private spentMs = 0;
  private frame = 0;
  private slowed = 0;

  /** @param run tells what training asks of the page at the moment */
  constructor(private readonly run: () => { training: boolean; software: boolean }) {}

  /**
   * Time between redraws where they had to become rarer than five a second, in milliseconds; 0
   * where they did not.
   */
  get slowedToMs(): number {
    return this.slowed;
  }

  /**
   * Calls back once, when it is time for the next redraw. Asking again before it came changes
   * nothing.
   */
  request(announce: () => void): void {
    this.wanted.add(announce);
    this.timer ??= this.wait();
  }

  /**
   * Changes a part of the page at once, and counts how long that takes up to the picture on the
   * screen.
   */
  draw(change: () => void): void {
    const begun = performance.now();
    flushSync(change);
    this.spentMs += performance.now() - begun;
    this.frame ||= requestAnimationFrame(() => this.countFrame());
  }

  /**
   * Style, layout and paint follow in the same frame; a message that is posted now arrives after
   * them.
   */
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
    const { training, software } = this.run();
    if (!training) return leastMs;
    return pauseAfter(this.spentMs, software ? BUDGETS.drawingOnSoftware : BUDGETS.drawing);
  }

  /** Time left until the next redraw. */
  private restMs(): number {
    return Math.max(0, this.begunAt + this.periodMs() - performance.now());
  }

  /**
   * Looks again soon: a pause shortens the rest, and what was drawn meanwhile may make it longer.
   */
  private wait(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.begin(), Math.min(this.restMs(), leastMs));
  }

  private begin(): void {
    this.timer = this.restMs() > 1 ? this.wait() : undefined;
    if (this.timer) return;
    const periodMs = this.periodMs();
    this.slowed = periodMs > leastMs ? periodMs : 0;
    this.begunAt = performance.now();
    this.spentMs = 0;
    const announcements = [...this.wanted];
    this.wanted.clear();
    for (const announce of announcements) announce();
  }
}

/** Those of the page. */
export const redraws = new Redraws(() => {
  const run = useRunStore.getState();
  return { training: isRunning(run), software: run.software };
});
