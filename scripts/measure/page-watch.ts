import type { BrowserContext, Page } from '@playwright/test';

/** What the page records about itself from the start; all times are in ms since it was opened. */
interface Watch {
  /** When Play could be pressed, and was; infinite while the button exists but is not drawn yet. */
  played?: number;
  /** When the step counter showed 1 or more. */
  firstStep?: number;
  longTasks: { start: number; ms: number }[];
}

declare global {
  interface Window {
    watch: Watch;
  }
}

export interface Opening {
  /** First contentful paint, ms. */
  painted: number;
  /** When Play was pressed, ms. */
  played: number;
  /** When the counter showed the first training step, ms. */
  firstStep: number;
}

/**
 * Makes every page opened in this context press Play as soon as the button is drawn, and record
 * what {@link Watch} names. The page does this itself, since a driver outside would add its own
 * delays to the times.
 */
export async function watchPages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.watch = { longTasks: [] };
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.watch.longTasks.push({ start: startTime, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
    const observer = new MutationObserver(() => {
      if (window.watch.played === undefined) {
        const button = document.querySelector<HTMLButtonElement>('button[aria-label="Play"]:enabled');
        if (!button) return;
        // Nobody presses what is not drawn yet: two frames later it is.
        window.watch.played = Infinity;
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            window.watch.played = performance.now();
            button.click();
          }),
        );
      } else if (Number(document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '') ?? 0) >= 1) {
        window.watch.firstStep = performance.now();
        observer.disconnect();
      }
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

/**
 * Waits for the first training step of a page that was just opened.
 * @throws Error if there is none within a minute
 */
export async function readOpening(page: Page): Promise<Opening> {
  await page.waitForFunction(() => window.watch.firstStep !== undefined, undefined, { timeout: 60_000 });
  return page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    played: window.watch.played ?? NaN,
    firstStep: window.watch.firstStep ?? NaN,
  }));
}

export interface MainThread {
  /**
   * Tasks over 50 ms, the shortest that the browser reports: from opening to the first step, and in
   * the time watched after it.
   */
  opening: number[];
  training: number[];
  /** The number of steps trained in the time watched. */
  steps: number;
}

/** Watches the main thread for this long after the first step, while training goes on. */
export async function watchTraining(page: Page, seconds: number): Promise<MainThread> {
  const step = async () => Number((await page.getByTestId('step').innerText()).replaceAll(',', ''));
  const before = await step();
  const from = await page.evaluate(() => performance.now());
  await page.waitForTimeout(1000 * seconds);
  const steps = (await step()) - before;
  const tasks = await page.evaluate(() => window.watch.longTasks);
  const firstStep = await page.evaluate(() => window.watch.firstStep ?? NaN);
  const opening = tasks.filter(({ start }) => start < firstStep).map(({ ms }) => ms);
  return { opening, training: tasks.filter(({ start }) => start >= from).map(({ ms }) => ms), steps };
}
