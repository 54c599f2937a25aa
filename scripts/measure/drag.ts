/**
 * Does dragging keep up with the screen? Drags a layer of the stack up and down with the mouse,
 * with nothing else going on and while training, and prints the time between the frames that the
 * page drew meanwhile, and the tasks of the main thread over 50 ms. Needs `npm run data` first. Run
 * with
 *   npx tsx scripts/measure/drag.ts [--seconds 5] [--dist DIR]
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { layer, run } from '../../e2e/parts/page-parts.ts';
import { wholeNumber } from '../parts/whole-number.ts';
import { launchBrowser, newVisitor, openWithMnist } from './browser.ts';
import { median, printMachine } from './report.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, dist: { type: 'string' } },
});
const seconds = wholeNumber(options.seconds, 'seconds');

/**
 * The least time between two moves of the mouse, in ms: a mouse reports its moves about this often.
 */
const MOVE_MS = 8;

interface Frames {
  /** The time from each frame to the next, in ms. */
  gaps: number[];
  longTasks: number[];
}

/** Drags the layer over its neighbours and back for this long, then drops it where it was. */
async function carry(page: Page): Promise<Frames> {
  const box = (await layer(page, 'maxPool2d_1')
    .getByRole('button', { name: /^Move / })
    .boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 12, { steps: 4 });
  await page.locator('[data-dragging]').first().waitFor({ timeout: 5000 });
  const counted = page.evaluate(async (ms): Promise<Frames> => {
    const longTasks: number[] = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((task) => task.duration))).observe({
      type: 'longtask',
    });
    const gaps: number[] = [];
    let last: number | undefined;
    for (const end = performance.now() + ms; performance.now() < end;) {
      const time = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (last !== undefined) gaps.push(time - last);
      last = time;
    }
    return { gaps, longTasks };
  }, 1000 * seconds);
  const begun = Date.now();
  while (Date.now() - begun < 1000 * seconds) {
    const swing = Math.sin((Date.now() - begun) / 400);
    await page.mouse.move(x + 4 * swing, y + 90 * swing);
    await page.waitForTimeout(MOVE_MS);
  }
  const frames = await counted;
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return frames;
}

function print(what: string, { gaps, longTasks }: Frames): void {
  const late = gaps.filter((ms) => ms > 25).length;
  console.log(
    [
      what.padEnd(22),
      `${(1000 / median(gaps)).toFixed(1)} frames/s`,
      `median ${median(gaps).toFixed(1)} ms, longest ${Math.max(...gaps).toFixed(1)} ms`,
      `${late} of ${gaps.length} later than 25 ms`,
      `${longTasks.length} tasks over 50 ms`,
    ].join(', '),
  );
}

const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  for (const query of ['', '?backend=cpu']) {
    const context = await newVisitor(browser, served.url);
    const { page, backend, adapter } = await openWithMnist(context, served.url, query);
    if (!query) printMachine(browser, [adapter]);
    print(`${backend}, idle`, await carry(page));
    await run(page).play.click();
    await page.waitForFunction(
      () => Number(document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '')) > 3,
    );
    print(`${backend}, training`, await carry(page));
    await context.close();
  }
} finally {
  await browser.close();
  await served.close();
}
