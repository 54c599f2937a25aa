import { flushSync } from 'react-dom';
import { BUDGETS, pauseAfter } from '../../pace';
import { isRunning } from './run-machine/selectors';
import { useRunStore } from './run-store';

const { leastMs } = BUDGETS.drawing;

/**
 * Decides when the page redraws the progress of training: five times a second on a fast machine. If
 * drawing is slow, or uses the cores that training needs, redraws become rarer until drawing stays
 * within its share of the time. This ends when training pauses.
 */
export class Redraws {
  private readonly wanted = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private begunAt = -Infinity;
  /** Milliseconds spent drawing since the last redraw began. */
  private spentMs = 0;
  private frame = 0;
  private slowed = 0;

  /** @param run tells how training currently uses the machine */
  constructor(private readonly run: () => { training: boolean; software: boolean }) {}

  /**
   * The time between redraws in milliseconds, if they had to become rarer than five a second;
   * otherwise 0.
   */
  get slowedToMs(): number {
    return this.slowed;
  }

  /**
   * Calls `announce` once, at the next redraw. Another request for the same callback before then
   * has no effect.
   */
  request(announce: () => void): void {
    this.wanted.add(announce);
    this.timer ??= this.wait();
  }

  /** Changes a part of the page at once, and counts the time until the picture is on the screen. */
  draw(change: () => void): void {
    const begun = performance.now();
    flushSync(change);
    this.spentMs += performance.now() - begun;
    this.frame ||= requestAnimationFrame(() => this.countFrame());
  }

  /**
   * Counts style, layout and paint, which follow in the same frame: a message posted now arrives
   * after them.
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

  /** The time left until the next redraw. */
  private restMs(): number {
    return Math.max(0, this.begunAt + this.periodMs() - performance.now());
  }

  /**
   * Checks again soon, because the remaining time can change: a pause shortens it, and drawing in
   * the meantime may lengthen it.
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

/** The redraws of the page. */
export const redraws = new Redraws(() => {
  const run = useRunStore.getState();
  return { training: isRunning(run), software: run.software };
});
