/**
 * What does it cost to draw a chart anew, as the page does it and as recharts alone does? Draws the
 * chart of the gradients with 200 points a line in a page of its own, feeds it several times a
 * second, and prints for each way of drawing the time of the main thread per update on a processor,
 * as a multiple of the page's own, and its longest task. Both ways take turns. Run with
 *   npx tsx scripts/measure/charts.ts [--points 200] [--lines 8] [--seconds 5] [--rounds 5]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from '@playwright/test';
import { launchBrowser } from './browser.ts';
import type { Variant } from './charts-page/charts-page.tsx';
import { tasksDuring } from './main-thread.ts';
import { median, printMachine, spread } from './report.ts';
import { wholeNumber } from '../parts/whole-number.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: {
    points: { type: 'string', default: '200' },
    lines: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
  },
});
const points = wholeNumber(options.points, 'points');
const lines = wholeNumber(options.lines, 'lines');
const seconds = wholeNumber(options.seconds, 'seconds');
const rounds = wholeNumber(options.rounds, 'rounds');

/** What is drawn, and by whom. All others are compared with the first. */
const VARIANTS: { name: string; variant: Variant; pointed?: boolean }[] = [
  { name: 'all by the page', variant: { by: 'page' } },
  { name: 'lines by recharts', variant: { by: 'recharts', line: true } },
  { name: 'with values at the pointer: page', variant: { by: 'page' }, pointed: true },
  { name: 'tooltip by recharts', variant: { by: 'recharts', tooltip: true }, pointed: true },
  { name: 'lines and tooltip by recharts', variant: { by: 'recharts', line: true, tooltip: true }, pointed: true },
  { name: 'with a legend: page', variant: { by: 'page', legend: true } },
  { name: 'legend by recharts', variant: { by: 'recharts', legend: true } },
  { name: 'brush by recharts', variant: { by: 'recharts', brush: true } },
];
const RATES = [5, 10];

interface Measured {
  /** Main thread per update, on a processor. */
  perUpdate: number;
  /** The longest task, on a processor, garbage collection left out. */
  longest: number;
}

async function measure(page: Page, cdp: CDPSession, variant: Variant, hertz: number): Promise<Measured> {
  const { tasks, value } = await tasksDuring(cdp, () =>
    page.evaluate(([what, rate, time]) => window.feed(what, rate, time), [variant, hertz, seconds] as const),
  );
  const drawing = tasks.filter(({ collects }) => !collects);
  return {
    perUpdate: tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / value,
    longest: Math.max(...drawing.map(({ cpuMs }) => cpuMs)),
  };
}

/** All ways of drawing in turn, so many times. @returns the rounds of each */
async function measureAll(page: Page, cdp: CDPSession, hertz: number): Promise<Measured[][]> {
  const results: Measured[][] = VARIANTS.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { variant, pointed }] of VARIANTS.entries()) {
      await page.mouse.move(0, 470);
      await page.evaluate(([what, n, m]) => window.show(what, n, m), [variant, points, lines] as const);
      if (pointed) await page.mouse.move(300, 120);
      results[i]?.push(await measure(page, cdp, variant, hertz));
    }
  }
  return results;
}

function print(name: string, measured: readonly Measured[], base: readonly Measured[]): void {
  const own = measured.map(({ perUpdate }) => perUpdate);
  const ratio = median(own.map((ms, round) => ms / (base[round]?.perUpdate ?? NaN)));
  const longest = Math.max(...measured.map((one) => one.longest));
  console.log(
    `${name.padEnd(32)} ${spread(own, 2).padStart(20)} ms ${ratio.toFixed(1).padStart(5)} x  longest ` +
      `${longest.toFixed(1)} ms`,
  );
}

const served = await servePage(undefined, fileURLToPath(new URL('./charts-page', import.meta.url)));
const browser = await launchBrowser();
try {
  printMachine(browser, ['none']);
  const page = await browser.newPage({ viewport: { width: 800, height: 480 } });
  await page.goto(served.url);
  const cdp = await browser.newBrowserCDPSession();
  for (const hertz of RATES) {
    const results = await measureAll(page, cdp, hertz);
    console.log(`${lines} lines of ${points} points, ${hertz} updates a second, ${rounds} rounds of ${seconds} s`);
    VARIANTS.forEach(({ name }, i) => print(name, results[i] ?? [], results[0] ?? []));
    console.log();
  }
} finally {
  await browser.close();
  await served.close();
}
