import type { CDPSession, Page } from '@playwright/test';

/** A task of the main thread. */
export interface Task {
  /** From begin to end. */
  ms: number;
  /** On a processor: the rest of the time it waited for one, because other programs had them. */
  cpuMs: number;
  /**
   * Most of it was the browser's garbage collection, which comes when it will: more than half of
   * it.
   */
  collects: boolean;
}

interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  pid: number;
  /** Begin and length in microseconds, and the time on a processor. */
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/**
 * The tasks of the page's main thread while something happens. Of several pages and processes,
 * those of the renderer that was busiest.
 * @param cdp of the page's browser
 */
export async function tasksDuring<T>(cdp: CDPSession, happens: () => Promise<T>): Promise<{ tasks: Task[]; value: T }> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'v8', '__metadata'] },
    transferMode: 'ReportEvents',
  });
  const value = await happens();
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  return { tasks: tasksOf(events), value };
}

/** Tasks of a page for so many seconds. */
export const tasksFor = (page: Page, cdp: CDPSession, seconds: number) =>
  tasksDuring(cdp, () => page.waitForTimeout(1000 * seconds));

function tasksOf(events: readonly TraceEvent[]): Task[] {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const on = ({ pid, tid }: TraceEvent, name: RegExp) =>
    events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && name.test(event.name));
  const busyMs = (tasks: readonly TraceEvent[]) => tasks.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0);
  const tasks = threads.map((thread) => on(thread, /RunTask$/)).sort((a, b) => busyMs(b) - busyMs(a))[0] ?? [];
  const collections = tasks[0] ? on(tasks[0], /^(Major|Minor)GC$/) : [];
  const collectingIn = ({ ts, dur = 0 }: TraceEvent) =>
    busyMs(collections.filter((one) => one.ts >= ts && one.ts <= ts + dur));
  return tasks.map((task) => {
    const { dur = 0, tdur = dur } = task;
    return { ms: dur / 1000, cpuMs: tdur / 1000, collects: collectingIn(task) > dur / 2000 };
  });
}
