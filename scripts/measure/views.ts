/**
 * How much does it cost to look at training? Trains without end and opens one view of the page
 * after the other, each time between two looks at a page that shows none (a phone's Build tab).
 * Prints for each view the speed of training as a share of that without any view, the longest tasks
 * of the main thread (from begin to end; on a processor; how many of them were garbage collection),
 * and how much of the worker's time its questions took. Needs `npm run data` first. Run with
 *   npx tsx scripts/measure/views.ts [--seconds 10] [--rounds 6] [--preset flux-conv-mnist]
 *   [--backend cpu] [--dist DIR]
 * It trains without validation images: their evaluation takes its share of the time whatever is
 * open, and would fall into some windows and not into others. On the software adapter the GPU's
 * work is done by the same cores as the page's: what the page draws slows training there, whatever
 * it asks. `--backend cpu` leaves one core to the page.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { watchWorker } from '../../e2e/parts/worker-watch.ts';
import { wholeNumber } from '../parts/whole-number.ts';
import { launchBrowser, newVisitor, openWithMnist } from './browser.ts';
import { median, printMachine } from './report.ts';
import { servePage } from './serve.ts';
import { watchView, type Watched } from './view-watch.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '6' },
    preset: { type: 'string', default: 'flux-conv-mnist' },
    backend: { type: 'string', default: 'webgpu' },
    dist: { type: 'string' },
  },
});
const seconds = wholeNumber(options.seconds, 'seconds');
const rounds = wholeNumber(options.rounds, 'rounds');

const DESKTOP = { width: 1440, height: 900 };
/** Time for a view to open and for its first answers, which every view may ask for at once. */
const SETTLE_MS = 4000;

const VIEWS: { name: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'Train, a layer inspected', open: (page) => openView(page, 'Train') },
  { name: 'Gradients', open: (page) => openView(page, 'Gradients') },
  { name: 'Test', open: (page) => openView(page, 'Test') },
];

async function openView(page: Page, view: string): Promise<void> {
  await page.setViewportSize(DESKTOP);
  await page.getByRole('tab', { name: view, exact: true }).click();
}

/** Closes everything that shows the network. */
async function closeAll(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('tab', { name: 'Build', exact: true }).click();
}

interface Result {
  name: string;
  watched: Watched[];
  /** The speed relative to that of the closed page before and after. */
  ratios: number[];
}

async function measure(page: Page): Promise<Result[]> {
  const cdp = await page.context().browser()!.newBrowserCDPSession();
  const watch = async (open: () => Promise<void>) => {
    await open();
    await page.waitForTimeout(SETTLE_MS);
    return watchView(page, cdp, seconds);
  };
  const closed: Result = { name: 'none (phone, Build)', watched: [await watch(() => closeAll(page))], ratios: [] };
  const results = VIEWS.map(({ name }): Result => ({ name, watched: [], ratios: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, { open }] of VIEWS.entries()) {
      const before = closed.watched.at(-1)!;
      const opened = await watch(() => open(page));
      const after = await watch(() => closeAll(page));
      closed.watched.push(after);
      results[i]!.watched.push(opened);
      results[i]!.ratios.push((2 * opened.stepsPerSecond) / (before.stepsPerSecond + after.stepsPerSecond));
    }
  }
  return [closed, ...results];
}

function print({ name, watched, ratios }: Result): void {
  const tasks = watched.flatMap(({ longTasks }) => longTasks);
  const most = (values: number[]) => (values.length === 0 ? 'none' : `${Math.max(...values).toFixed(0)} ms`);
  const overOnProcessor = tasks.map(({ cpuMs }) => cpuMs).filter((ms) => ms > 50);
  const percent = (what: (one: Watched) => number) => `${(100 * median(watched.map(what))).toFixed(1)} %`;
  console.log(
    [
      name.padEnd(25),
      `${median(watched.map(({ stepsPerSecond }) => stepsPerSecond)).toFixed(2)} steps/s`.padStart(15),
      (ratios.length > 0 ? `${(100 * median(ratios)).toFixed(1)} % ${spread(ratios)}` : '–').padStart(17),
      `${tasks.length} (${most(tasks.map(({ ms }) => ms))})`.padStart(15),
      `${overOnProcessor.length} (${most(overOnProcessor)})`.padStart(15),
      String(tasks.filter(({ collects }) => collects).length).padStart(6),
      percent(({ busy }) => busy).padStart(8),
      (median(watched.map(({ questions }) => questions)) / seconds).toFixed(1).padStart(6),
      percent(({ questionShare }) => questionShare).padStart(8),
    ].join(' '),
  );
}

const spread = (ratios: readonly number[]) =>
  `(${[Math.min(...ratios), Math.max(...ratios)].map((one) => (100 * one).toFixed(0)).join('-')})`;

const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  const context = await newVisitor(browser, served.url);
  await watchWorker(context);
  const { page, adapter } = await openWithMnist(context, served.url, options.backend === 'cpu' ? '?backend=cpu' : '');
  printMachine(browser, [adapter]);
  await page.evaluate((preset) => window.playground.setModel(preset), options.preset);
  await page.evaluate(() => window.playground.configure({ validationSplit: 0 }));
  await page
    .getByRole('button', { name: /^Inspect / })
    .first()
    .click();
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  await page.waitForFunction(() => (window.workerWatch.steps.at(-1)?.step ?? 0) > 5, undefined, { timeout: 120_000 });
  console.log(
    `${options.preset} on ${options.backend}, ${rounds} rounds of ${seconds} s for each view; medians (and the ` +
      'range of shares), but the longest of all tasks',
  );
  console.log(
    `${'view'.padEnd(25)} ${'training'.padStart(15)} ${'of closed'.padStart(17)} ${'tasks >50 ms'.padStart(15)} ` +
      `${'on processor'.padStart(15)} ${'GC'.padStart(6)} ${'busy'.padStart(8)} ${'asks/s'.padStart(6)} ` +
      `${'worker'.padStart(8)}`,
  );
  for (const result of await measure(page)) print(result);
} finally {
  await browser.close();
  await served.close();
}
