import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { choosePreset, hasMnist, MNIST_FOLDER, NO_MNIST, ON_CPU, openPage, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.use({ mnist: true });

const OWN_COPY = '**/data/mnist/*.gz';
const MIRROR = 'https://cdn.jsdelivr.net/gh/fgnt/mnist@master/';
const LABELS = 't10k-labels-idx1-ubyte.gz';

const badge = (page: Page, name: string) => page.getByRole('button', { name: `Data: ${name}`, exact: true });
const warning = (page: Page) => page.getByRole('status').filter({ hasText: 'Training on generated digits.' });

test('MNIST out of reach: the page trains on generated digits, says so, and offers to try again', async ({ page }) => {
  await page.route(OWN_COPY, (route) => route.abort('internetdisconnected'));
  await openPage(page, ON_CPU);
  await run(page).play.click();
  await expect(badge(page, 'Generated digits')).toBeVisible({ timeout: 60_000 });
  // Names every source with the reason.
  await expect(warning(page)).toContainText(
    /page's own copy: .*; cdn\.jsdelivr\.net: .*; raw\.githubusercontent\.com: /,
  );
  await expect(warning(page)).toContainText('Check the network and try again');
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(0);
  await run(page).pause.click();
  await expect(run(page).play).toBeVisible();

  // The download fails: the digits stay, and so does the run.
  const steps = await run(page).steps();
  const lastTry = page.waitForEvent('requestfailed', (request) =>
    request.url().startsWith('https://raw.githubusercontent.com/'),
  );
  await warning(page).getByRole('button', { name: 'Try again' }).click();
  await lastTry;
  await expect(badge(page, 'Generated digits')).toBeVisible();
  await expect(warning(page)).toBeVisible();
  expect(await run(page).steps()).toBe(steps);
});

test('trying again works when the network is back, and keeps the files for the next visit', async ({ page }) => {
  test.skip(!hasMnist, NO_MNIST);
  await page.route(OWN_COPY, (route) => route.abort('internetdisconnected'));
  await openPage(page, ON_CPU);
  await choosePreset(page, 'Logistic regression');
  await expect(badge(page, 'Generated digits')).toBeVisible({ timeout: 60_000 });
  await page.unroute(OWN_COPY);
  await warning(page).getByRole('button', { name: 'Try again' }).click();
  await expect(badge(page, 'MNIST')).toBeVisible({ timeout: 60_000 });
  await expect(warning(page)).toHaveCount(0);
  expect((await page.evaluate(() => window.playground.train({ steps: 2 }))).steps).toBe(2);

  await page.route(OWN_COPY, (route) => route.abort('internetdisconnected'));
  await page.reload();
  await expect(badge(page, 'MNIST')).toBeVisible({ timeout: 60_000 });
  await badge(page, 'MNIST').click();
  await expect(page.getByRole('dialog')).toContainText(
    "from the page's own copy, kept by the browser; checked by SHA-256",
  );
});

test('a corrupt MNIST file is named and not trained on', async ({ page }) => {
  test.skip(!hasMnist, NO_MNIST);
  await page.route(`**/data/mnist/${LABELS}`, (route) => route.fulfill({ body: withFlippedBits(LABELS) }));
  await openPage(page, ON_CPU);
  await expect(badge(page, 'Generated digits')).toBeVisible({ timeout: 60_000 });
  await expect(warning(page)).toContainText('t10k-labels-idx1-ubyte: MNIST could not be loaded.');
  await expect(warning(page)).toContainText(
    /page's own copy: (the compressed file is damaged|its content is not MNIST's|it has \d+ bytes)/,
  );
});

test('a corrupt MNIST file is taken from the next source instead', async ({ page }) => {
  test.skip(!hasMnist, NO_MNIST);
  await page.route(`**/data/mnist/${LABELS}`, (route) => route.fulfill({ body: withFlippedBits(LABELS) }));
  await page.route(`${MIRROR}${LABELS}`, (route) =>
    route.fulfill({ body: readFileSync(join(MNIST_FOLDER, LABELS)), headers: { 'Access-Control-Allow-Origin': '*' } }),
  );
  await openPage(page, ON_CPU);
  await expect(badge(page, 'MNIST')).toBeVisible({ timeout: 60_000 });
  await badge(page, 'MNIST').click();
  await expect(page.getByRole('dialog')).toContainText(
    "from the page's own copy and cdn.jsdelivr.net; checked by SHA-256",
  );
});

test('files that are something else altogether are refused, however well packed', async ({ page }) => {
  const sizes: Record<string, number> = {
    'train-images': 47_040_016,
    'train-labels': 60_008,
    't10k-images': 7_840_016,
    't10k-labels': 10_008,
  };
  await page.route(OWN_COPY, (route) => {
    const name = Object.keys(sizes).find((part) => route.request().url().includes(part))!;
    return route.fulfill({ body: gzipSync(Buffer.alloc(sizes[name]!), { level: 1 }) });
  });
  await openPage(page, ON_CPU);
  await expect(badge(page, 'Generated digits')).toBeVisible({ timeout: 60_000 });
  await expect(warning(page)).toContainText("its content is not MNIST's (SHA-256");
});

/** A real file with a few bits of its packed data flipped. */
function withFlippedBits(name: string): Buffer {
  const bytes = readFileSync(join(MNIST_FOLDER, name));
  for (let at = 1_000; at < 1_010; at++) bytes[at]! ^= 0x55;
  return bytes;
}
