import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { findFirefox } from '../../scripts/browser/find-firefox.ts';
import { launchFirefox } from '../../scripts/browser/launch-firefox.ts';
import type { GivenModelSpec } from '../../src/model/spec.ts';
import { verdictOf } from '../../src/train/wire/gradient-faults.ts';

const firefox = findFirefox();
test.skip(!firefox, 'Needs Firefox: install firefox-esr or firefox, or set FIREFOX_PATH.');

/** Every kind of layer, so that Firefox compiles a shader of each. */
const EVERY_KIND: GivenModelSpec = {
  version: 1,
  name: 'Every kind',
  input: [11, 9, 3],
  layers: [
    { kind: 'conv2d', filters: 13, padding: 'same', activation: 'relu' },
    { kind: 'maxPool2d', poolSize: [3, 3], strides: [1, 1] },
    { kind: 'batchNormalization' },
    { kind: 'depthwiseConv2d', padding: 'same', activation: 'tanh' },
    { kind: 'activation', activation: 'gelu' },
    { kind: 'add', from: 'batchNormalization_1' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'zeroPadding2d' },
    { kind: 'averagePooling2d' },
    { kind: 'conv2d', filters: 17, kernelSize: [1, 1], activation: 'silu' },
    { kind: 'globalAveragePooling2d' },
    { kind: 'reshape', targetShape: [1, 1, 17] },
    { kind: 'flatten' },
    { kind: 'dense', units: 3, activation: 'softmax' },
  ],
};

let browser: Browser | undefined;
/** A visitor's first visit: nothing is left over from another test. */
let context: BrowserContext;
let page: Page;
/** Console errors and uncaught exceptions of the page. */
let problems: string[];

test.beforeAll(async () => {
  if (firefox) browser = await launchFirefox(firefox);
});

test.afterAll(() => browser?.close());

test.beforeEach(async ({ baseURL }) => {
  if (!browser) return;
  context = await browser.createBrowserContext();
  page = await context.newPage();
  problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${baseURL ?? ''}?view=train`);
  const { backend } = await page.evaluate(() => window.playground.ready);
  expect(backend).toBe('webgpu');
});

test.afterEach(() => context?.close());

test('the page opens, trains 100 steps and finds its gradients right', async () => {
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
    await window.playground.setModel('neural-fortran-cnn-mnist');
    window.playground.configure({ batchSize: 32 });
  });
  await page.locator('aria/Play[role="button"]').click();
  await expect.poll(stepsDone, { timeout: 60_000 }).toBeGreaterThanOrEqual(100);
  await page.locator('aria/Pause[role="button"]').click();
  const { accuracy } = await page.evaluate(() => window.playground.evaluate('test'));
  expect(accuracy).toBeGreaterThan(0.5);
  await expectRightGradients();
  expect(problems).toEqual([]);
});

test('every kind of layer compiles and trains, with the right gradients', async () => {
  const { loss } = await page.evaluate(async (model) => {
    const images = Uint8Array.from({ length: 40 * 11 * 9 * 3 }, (_, i) => (i * 7919 + (i >> 4) * 31) % 256);
    const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 3);
    await window.playground.setDataset({ height: 11, width: 9, channels: 3, classes: 3, images, labels });
    await window.playground.setModel(model);
    window.playground.configure({ batchSize: 16 });
    return window.playground.train({ steps: 20 });
  }, EVERY_KIND);
  expect(loss).toHaveLength(20);
  for (const value of loss) expect(Number.isFinite(value)).toBe(true);
  await expectRightGradients();
  expect(problems).toEqual([]);
});

/** The step counter of the page. */
async function stepsDone(): Promise<number> {
  const counter = await page.$eval('[data-testid="step"]', (element) => element.textContent ?? '');
  return Number(counter.replaceAll(',', ''));
}

/** Every gradient that can be compared with finite differences agrees with them. */
async function expectRightGradients(): Promise<void> {
  const checks = await page.evaluate(() => window.playground.checkGradients());
  const verdicts = checks.map((check) => ({ ...check, verdict: verdictOf(check) }));
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter(({ verdict }) => verdict !== 'agrees' && verdict !== 'untested')).toEqual([]);
}
