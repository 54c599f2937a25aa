/**
 * How quick is the page? Opens it in a new browser each time and presses Play as soon as the button
 * is drawn. Prints
 *  - the time from opening to the first contentful paint, to Play, and to the first training step
 *    on the counter, on a first visit and on the next one in the same browser;
 *  - the longest task of the main thread, while opening and in 30 s of training (the browser
 *    reports those over 50 ms);
 *  - the size of the JavaScript that this loads, gzipped.
 * The page is served from this machine: no network is in these times. Run with
 *   npx tsx scripts/measure/page.ts [--opens 5] [--seconds 30] [--dist DIR]
 */
import { parseArgs } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import { wholeNumber } from '../parts/whole-number.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { readOpening, watchPages, watchTraining, type MainThread, type Opening } from './page-watch.ts';
import { printMachine, spread } from './report.ts';
import { loadedScripts, type LoadedScripts, type Script } from './script-sizes.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: {
    opens: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    dist: { type: 'string' },
  },
});
const opens = wholeNumber(options.opens, 'opens');
const seconds = wholeNumber(options.seconds, 'seconds');

async function open(context: BrowserContext, url: string) {
  const page = await context.newPage();
  await page.goto(`${url}?view=train`);
  return { page, opening: await readOpening(page) };
}

/** Makes a first visit in a new browser, and the next one in the same browser. */
async function visitTwice(url: string): Promise<{ first: Opening; next: Opening }> {
  const browser = await launchBrowser();
  try {
    const context = await newVisitor(browser, url);
    await watchPages(context);
    const first = await open(context, url);
    // Steps still in the adapter's queue would delay the first paint of the next visit.
    await first.page.evaluate(() => window.playground.pause());
    await first.page.close();
    const next = await open(context, url);
    return { first: first.opening, next: next.opening };
  } finally {
    await browser.close();
  }
}

/** Makes one long visit. */
async function visitLong(url: string, folder: string): Promise<{ thread: MainThread; scripts: LoadedScripts }> {
  const browser = await launchBrowser();
  try {
    const context = await newVisitor(browser, url);
    await watchPages(context);
    const requested: string[] = [];
    context.on('request', (request) => requested.push(request.url()));
    const { page } = await open(context, url);
    const { adapter } = await page.evaluate(() => window.playground.ready);
    printMachine(browser, [adapter]);
    const data = await page.getByRole('button', { name: /^Data: / }).getAttribute('aria-label');
    console.log(`The page as it opens (${data}), window 1440x900`);
    const thread = await watchTraining(page, seconds);
    return { thread, scripts: await loadedScripts(page, folder, requested) };
  } finally {
    await browser.close();
  }
}

function printThread({ opening, training, steps }: MainThread): void {
  const inWords = (tasks: number[]) =>
    tasks.length === 0 ? 'none over 50 ms' : `${Math.max(...tasks).toFixed(0)} ms (${tasks.length} over 50 ms)`;
  console.log(`Longest main-thread task in ${seconds} s of training (${steps} steps): ${inWords(training)}`);
  console.log(`Longest main-thread task from opening to the first step: ${inWords(opening)}`);
}

function printScripts({ initial, later, worker }: LoadedScripts): void {
  const line = (title: string, scripts: Script[]) => {
    const sum = (size: 'bytes' | 'gzipped') =>
      `${(scripts.reduce((total, script) => total + script[size], 0) / 1000).toFixed(1)} kB`;
    console.log(`${title}: ${sum('gzipped')} gzipped (${sum('bytes')}), ${scripts.map(({ name }) => name).join(', ')}`);
  };
  line('Initial JavaScript, entry and its preloads', initial);
  line('Fetched by the page after it, before any interaction', later);
  line('Training worker', worker);
}

function printOpenings(title: string, openings: Opening[]): void {
  const of = (what: keyof Opening) =>
    `${spread(
      openings.map((opening) => opening[what] / 1000),
      2,
    )} s`;
  console.log(`${title}: first paint ${of('painted')}, Play pressed ${of('played')}, first step ${of('firstStep')}`);
}

const served = await servePage(options.dist);
try {
  const { thread, scripts } = await visitLong(served.url, served.folder);
  printThread(thread);
  printScripts(scripts);
  const visits: { first: Opening; next: Opening }[] = [];
  for (let visit = 0; visit < opens; visit++) visits.push(await visitTwice(served.url));
  console.log(`Time since opening, median (least–largest) of ${opens} browsers`);
  printOpenings(
    'First visit',
    visits.map(({ first }) => first),
  );
  printOpenings(
    'Next visit',
    visits.map(({ next }) => next),
  );
} finally {
  await served.close();
}
