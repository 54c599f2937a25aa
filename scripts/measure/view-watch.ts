import type { CDPSession, Page } from '@playwright/test';

/** Training and the main thread while one part of the page was open. */
export interface Watched {
  /** Training steps per second, from the first to the last step that the page heard of. */
  stepsPerSecond: number;
  /** Tasks of the main thread over 50 ms. */
  longTasks: LongTask[];
  /** The share of the time in which the main thread was busy. */
  busy: number;
  /**
   * The number of questions that the page asked the worker while training, and the share of the
   * worker's time that they took.
   */
  questions: number;
  questionShare: number;
}

export interface LongTask {
  /** From beginning to end. */
  ms: number;
  /** The time on a processor; the rest of the time it waited for one because of other programs. */
  cpuMs: number;
  /** Whether more than half of it was the browser's garbage collection, which nobody can time. */
  collects: boolean;
}

interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  pid: number;
  /** Beginning and length in microseconds, and the time on a processor. */
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** Watches a training page for this long. @param cdp of the page's browser */
export async function watchView(page: Page, cdp: CDPSession, seconds: number): Promise<Watched> {
  const begun = await page.evaluate(() => {
    // Drops the first answers of a view that was just opened.
    window.workerWatch.worked = [];
    return performance.now();
  });
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'v8', '__metadata'] },
    transferMode: 'ReportEvents',
  });
  await page.waitForTimeout(1000 * seconds);
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  const heard = await page.evaluate((from) => {
    const { asked, worked, steps } = window.workerWatch;
    const inTime = steps.filter(({ at }) => at >= from);
    const questions = asked.filter(({ at }) => at >= from).length;
    const ms = worked.reduce((sum, answer) => sum + answer.ms, 0);
    return { first: inTime[0], last: inTime.at(-1), questions, ms };
  }, begun);
  const { first, last, questions, ms } = heard;
  const stepsPerSecond = first && last ? (1000 * (last.step - first.step)) / (last.at - first.at) : NaN;
  return { stepsPerSecond, questions, questionShare: ms / (1000 * seconds), ...mainThread(events, seconds) };
}

/**
 * The tasks of the page's main thread. If there are several pages and processes, it takes the
 * renderer that was busiest.
 */
function mainThread(events: readonly TraceEvent[], seconds: number): Pick<Watched, 'longTasks' | 'busy'> {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const on = ({ pid, tid }: TraceEvent, name: RegExp) =>
    events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && name.test(event.name));
  const tasksOf = (thread: TraceEvent) => on(thread, /RunTask$/);
  const busyMs = (tasks: readonly TraceEvent[]) => tasks.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0);
  const tasks = threads.map(tasksOf).sort((a, b) => busyMs(b) - busyMs(a))[0] ?? [];
  const collections = tasks[0] ? on(tasks[0], /^(Major|Minor)GC$/) : [];
  const collectingIn = ({ ts, dur = 0 }: TraceEvent) =>
    busyMs(collections.filter((one) => one.ts >= ts && one.ts <= ts + dur));
  const longTasks = tasks
    .filter(({ dur = 0 }) => dur > 50_000)
    .map((task) => {
      const { dur = 0, tdur = dur } = task;
      return { ms: dur / 1000, cpuMs: tdur / 1000, collects: collectingIn(task) > dur / 2000 };
    });
  return { longTasks, busy: busyMs(tasks) / (1000 * seconds) };
}
