import type { Browser, Page } from '@playwright/test';
import { newVisitor, openWithMnist } from '../measure/browser.ts';
import type { ServedPage } from '../measure/serve.ts';
import type { PeerId } from './page/api.ts';
import type { Row } from './rows.ts';
import { SEED, VALIDATION_SPLIT, type BenchData } from './work-files.ts';

/** The peers that the page is compared with, in the order of the table. */
export const PEERS = [
  'jax-js-webgpu',
  'jax-js-wasm',
  'tfjs-webgpu',
  'tfjs-webgl',
  'convnetjs',
] as const satisfies readonly PeerId[];

/** The id of our engine without its page; PRODUCT is the page itself. */
export const ENGINE = 'ours' satisfies PeerId;
export const PRODUCT = 'product';

export interface Timing {
  msPerStep: number;
  /** Dispatches per step. The page reports only these, no submits. */
  dispatches: number;
  submits?: number;
}

/** A contestant that can be timed on the rows it has begun. */
export interface Contestant {
  id: string;
  /**
   * Trains this many steps without looking at them. The clock stops when the last loss has been
   * read.
   */
  time(row: Row, steps: number): Promise<Timing>;
}

export interface FirstSteps {
  losses: number[];
  /** Time from the description of the network to its first loss. */
  firstStepMs: number;
  /** Time of the steps after the first, each waited for. */
  msPerStep: number;
}

export interface PeerContestant extends Contestant {
  /**
   * Makes the network of a row and trains it for this many steps.
   * @throws Error saying why it cannot.
   */
  begin(row: Row, steps: number): Promise<FirstSteps>;
}

export interface Product extends Contestant {
  adapter: string;
  /** The losses of the first steps of a row. */
  firstLosses(row: Row, steps: number): Promise<number[]>;
}

/** Opens the peers' page in its own tab, before any peer is opened in it. */
export async function openBenchPage(browser: Browser, served: ServedPage): Promise<Page> {
  const page = await (await newVisitor(browser, served.url)).newPage();
  page.on('pageerror', (error) => console.error(`In the page of the peers: ${error.message}`));
  await page.goto(served.url);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

/**
 * Opens one peer in its own tab; {@link ENGINE} is our engine without its page.
 * @param patience seconds that a step may take
 * @throws Error if it does not run here.
 */
export async function openPeer(
  browser: Browser,
  served: ServedPage,
  id: PeerId,
  patience: number,
): Promise<PeerContestant> {
  const page = await openBenchPage(browser, served);
  await page.evaluate((peer) => window.bench.open(peer), id);
  return {
    id,
    begin: (row, steps) => page.evaluate((asked) => window.bench.begin(...asked), [row.id, steps, patience] as const),
    time: (row, steps) => page.evaluate((asked) => window.bench.time(...asked), [row.id, steps] as const),
  };
}

/** Opens the product: its own page, driven through `window.playground`. */
export async function openProduct(browser: Browser, served: ServedPage, data: BenchData): Promise<Product> {
  const { page, adapter } = await openWithMnist(await newVisitor(browser, served.url), served.url);
  let shown: Row['data'] = 'mnist';
  const show = async (row: Row) => {
    if (row.data === shown) return;
    shown = row.data;
    if (row.data === 'mnist') return void (await page.evaluate(() => window.playground.setDataset('mnist')));
    await givePatterns(page, data);
  };
  return {
    id: PRODUCT,
    adapter,
    async firstLosses(row, steps) {
      await show(row);
      const change = {
        batchSize: row.batchSize,
        optimizer: row.optimizer,
        seed: SEED,
        validationSplit: VALIDATION_SPLIT,
      };
      const asked = { change, model: row.spec(), steps };
      return page.evaluate(async ({ change, model, steps }) => {
        window.playground.configure(change);
        await window.playground.setModel(model);
        return (await window.playground.train({ steps })).loss;
      }, asked);
    },
    async time(row, steps) {
      await show(row);
      const request = { model: row.spec(), batchSize: row.batchSize, optimizer: row.optimizer, steps };
      const { msPerStep, dispatchesPerStep } = await page.evaluate(
        (what) => window.playground.benchmark(what),
        request,
      );
      return { msPerStep, dispatches: dispatchesPerStep };
    },
  };
}

/** Passes the images as base64: Playwright would write every byte as a number. */
async function givePatterns(page: Page, { patterns }: BenchData): Promise<void> {
  const { images, labels, testImages, testLabels, ...shape } = patterns;
  const base64 = Object.entries({ images, labels, testImages: testImages!, testLabels: testLabels! }).map(
    ([field, bytes]) => [field, Buffer.from(bytes).toString('base64')] as const,
  );
  await page.evaluate(
    async ({ shape, base64 }) => {
      const decoded = base64.map(
        ([field, text]) => [field, Uint8Array.from(atob(text), (character) => character.charCodeAt(0))] as const,
      );
      const sets = Object.fromEntries(decoded) as Record<'images' | 'labels' | 'testImages' | 'testLabels', Uint8Array>;
      await window.playground.setDataset({ ...shape, ...sets });
    },
    { shape, base64 },
  );
}
