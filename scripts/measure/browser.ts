import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { WEBGPU_FLAGS } from '../browser/chromium-flags.ts';
import { findChromium } from '../browser/find-chromium.ts';

/**
 * Starts the browser of the tests: the system's or Playwright's Chromium, with WebGPU on the
 * software adapter.
 */
export async function launchBrowser(): Promise<Browser> {
  const found = findChromium();
  if (!found) throw new Error('No Chromium: install one, or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath: found.path, args: WEBGPU_FLAGS });
}

/**
 * A first visit: nothing in the caches, a desktop's window, and no network but the page's own
 * server, so the figure does not depend on the mirrors.
 */
export async function newVisitor(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { origin } = new URL(url);
  await context.route(
    (address) => address.protocol.startsWith('http') && address.origin !== origin,
    (route) => route.abort('internetdisconnected'),
  );
  return context;
}

export interface OpenPage {
  page: Page;
  backend: 'webgpu' | 'cpu';
  adapter: string;
}

/**
 * Opens the page and waits until the backend runs and the real MNIST is loaded.
 * @param query such as `?backend=cpu`
 * @throws Error if the page has another data set or backend than requested
 */
export async function openWithMnist(context: BrowserContext, url: string, query = ''): Promise<OpenPage> {
  const page = await context.newPage();
  await page.goto(`${url}${query ? `${query}&` : '?'}view=train`);
  const { backend, adapter } = await page.evaluate(() => window.playground.ready);
  const wanted = new URLSearchParams(query).get('backend') ?? 'webgpu';
  if (backend !== wanted) throw new Error(`The page runs on ${backend} (${adapter}) and not on ${wanted}.`);
  const { train, validation, test } = await page.evaluate(() => window.playground.setDataset('mnist'));
  if (train + validation !== 60_000 || test !== 10_000) {
    throw new Error('The page did not find the MNIST files. Run `npm run data`, then try again.');
  }
  return { page, backend, adapter };
}
