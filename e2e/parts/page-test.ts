import { test as base, expect, type ConsoleMessage, type Request } from '@playwright/test';

/**
 * The hosts that MNIST may come from. Tests never reach them: every spec runs without a network.
 */
const MIRRORS = [
  'https://cdn.jsdelivr.net/gh/fgnt/mnist@master/',
  'https://raw.githubusercontent.com/fgnt/mnist/master/',
];

/** What the page did wrong. A test fails if anything is left here at its end. */
export interface Watch {
  /** Console errors, uncaught exceptions and policy violations. */
  problems: string[];
  /** Requests to another origin that is not an MNIST mirror. */
  strangers: string[];
  /** Console errors that the test provokes on purpose. */
  provoked?: RegExp;
}

/** What a spec may ask for with `test.use`. */
interface Wishes {
  /**
   * Whether the page finds its own copy of MNIST, where there is one. Without it the page opens in
   * half the time, with generated digits, so only tests of MNIST ask for it.
   */
  mnist: boolean;
}

/** Playwright's `test` with the network cut off and a {@link Watch} over page and worker. */
export const test = base.extend<Wishes & { watch: Watch }>({
  mnist: [false, { option: true }],
  watch: [
    async ({ page, baseURL, mnist }, use) => {
      const watch: Watch = { problems: [], strangers: [] };
      const origin = new URL(baseURL!).origin;
      await page.route(
        (url) => url.protocol.startsWith('http') && url.origin !== origin,
        (route) => route.abort('internetdisconnected'),
      );
      if (!mnist) await page.route('**/data/mnist/*', (route) => route.fulfill({ status: 404 }));
      page.on('request', (request) => {
        if (isStranger(request, origin)) watch.strangers.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() !== 'error' || isMissingMnist(message) || watch.provoked?.test(message.text())) return;
        watch.problems.push(message.text());
      });
      page.on('pageerror', (error) => watch.problems.push(String(error)));
      await use(watch);
      expect(watch).toMatchObject({ problems: [], strangers: [] });
    },
    { auto: true },
  ],
});

export { expect };

function isStranger(request: Request, origin: string): boolean {
  const url = request.url();
  if (!url.startsWith('http')) return false;
  return new URL(url).origin !== origin && !MIRRORS.some((mirror) => url.startsWith(mirror));
}

/**
 * The browser itself logs each failed fetch. Where MNIST cannot be fetched, that is the case under
 * test and no fault of the page.
 */
function isMissingMnist(message: ConsoleMessage): boolean {
  const { url } = message.location();
  return (
    message.text().startsWith('Failed to load resource') &&
    (url.includes('data/mnist/') || MIRRORS.some((mirror) => url.startsWith(mirror)))
  );
}
