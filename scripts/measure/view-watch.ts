import type { CDPSession, Page } from '@playwright/test';
import { tasksFor, type Task } from './main-thread.ts';

/** Training and the main thread while one part of the page was open. */
export interface Watched {
  /** Training steps per second, from the first to the last step that the page heard of. */
  stepsPerSecond: number;
  /** Tasks of the main thread over 50 ms. */
  longTasks: Task[];
  /** Share of the time in which the main thread was busy. */
  busy: number;
  /**
   * The number of questions that the page asked the worker while training, and the share of the
   * worker's time that they took.
   */
  questions: number;
  questionShare: number;
}

/** Watches a training page for so long. @param cdp of the page's browser */
export async function watchView(page: Page, cdp: CDPSession, seconds: number): Promise<Watched> {
  const begun = await page.evaluate(() => {
    // Drops the first answers of a view that was just opened.
    window.workerWatch.worked = [];
    return performance.now();
  });
  const { tasks } = await tasksFor(page, cdp, seconds);
  const heard = await page.evaluate((from) => {
    const { asked, worked, steps } = window.workerWatch;
    const inTime = steps.filter(({ at }) => at >= from);
    const questions = asked.filter(({ at }) => at >= from).length;
    const ms = worked.reduce((sum, answer) => sum + answer.ms, 0);
    return { first: inTime[0], last: inTime.at(-1), questions, ms };
  }, begun);
  const { first, last, questions, ms } = heard;
  const stepsPerSecond = first && last ? (1000 * (last.step - first.step)) / (last.at - first.at) : NaN;
  const longTasks = tasks.filter((task) => task.ms > 50);
  const busy = tasks.reduce((sum, task) => sum + task.ms, 0) / (1000 * seconds);
  return { stepsPerSecond, questions, questionShare: ms / (1000 * seconds), longTasks, busy };
}
