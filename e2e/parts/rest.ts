import type { Page } from '@playwright/test';

/**
 * Lets the page draw so many frames. Only for what should *not* happen, where there is no condition
 * to wait for; a busy machine, which is slower at everything, draws them later too.
 */
export async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (left) => {
    for (; left > 0; left--) await new Promise(requestAnimationFrame);
  }, count);
}

/**
 * Waits until nothing is on its way: no question to the worker is open, no placeholder stands for
 * code that is being loaded, no transition runs, and the document has been the same for 20 frames.
 * For a page that does not train, opened after `watchWorker`.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async (enough) => {
    let still = 0;
    const observer = new MutationObserver(() => (still = 0));
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    while (still < enough) {
      await new Promise(requestAnimationFrame);
      const moving = document
        .getAnimations()
        .some(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
      const loading = document.querySelector('.mantine-Skeleton-root') !== null;
      still = moving || loading || window.workerWatch.open > 0 ? 0 : still + 1;
    }
    observer.disconnect();
  }, 20);
}
