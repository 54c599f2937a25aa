import type { Locator, Page } from '@playwright/test';
import {
  choosePreset,
  enter,
  hasMnist,
  NO_MNIST,
  openReadyPage,
  openSettings,
  panel,
  run,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.use({ mnist: true });

test('learns MNIST: the loss falls, the accuracy rises, and the three charts are drawn', async ({ page }) => {
  test.skip(!hasMnist, NO_MNIST);
  await openReadyPage(page);
  await expect(page.getByRole('button', { name: 'Data: MNIST', exact: true })).toBeVisible();
  await page.evaluate(() =>
    window.playground.setModel({
      version: 1,
      name: 'A small convolution',
      input: [28, 28, 1],
      layers: [
        {
          kind: 'conv2d',
          filters: 4,
          kernelSize: [3, 3],
          strides: [2, 2],
          padding: 'valid',
          useBias: true,
          activation: 'relu',
        },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, useBias: true, activation: 'softmax' },
      ],
    }),
  );
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(150);
  await run(page).pause.click();
  await expect(run(page).play).toBeVisible();

  // An untrained network says ln 10 = 2.303 and is right one time in ten.
  const loss = numbersIn(await summary(page, 'Loss').getAttribute('aria-label'));
  const accuracy = numbersIn(await summary(page, 'Accuracy').getAttribute('aria-label'));
  expect(loss.training).toBeLessThan(1);
  expect(accuracy.training).toBeGreaterThan(70);
  const { accuracy: tested, loss: testLoss } = await page.evaluate(() => window.playground.evaluate('test'));
  expect(tested).toBeGreaterThan(0.8);
  expect(testLoss).toBeLessThan(0.8);

  await expectLine(chart(page, 'Loss'), 'train');
  await expectLine(chart(page, 'Accuracy'), 'train');
  const gradients = chart(page, 'Gradient magnitude');
  await expect(gradients.getByRole('button', { name: /^Select/ })).toHaveText([/^conv2d_1\d/, /^dense_1\d/]);
  await expectLine(gradients, 'layer0');
  await expectLine(gradients, 'layer1');
  await expectLogarithmic(gradients);
});

test('plays, pauses, does one step at a time and starts over', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  const { play, pause, stepOnce, reset, step } = run(page);
  await stepOnce.click();
  await expect(step).toHaveText('1');
  await expect(play).toBeVisible();
  await stepOnce.click();
  await expect(step).toHaveText('2');

  await page.keyboard.press('Space');
  await expect.poll(() => run(page).steps()).toBeGreaterThan(10);
  await expect(stepOnce).toBeDisabled();
  await pause.click();
  await expect(play).toBeVisible();
  const stopped = await page.evaluate(async () => {
    await window.playground.pause();
    return window.playground.getWeights();
  });
  const paused = await run(page).steps();
  await expect(summary(page, 'Loss')).toHaveAccessibleName(new RegExp(`step ${paused}\\.$`));
  expect(await page.evaluate(() => window.playground.getWeights())).toEqual(stopped);

  await reset.click();
  await expect(step).toHaveText('0');
  await expect(reset).toBeDisabled();
  await expect(chart(page, 'Loss')).toContainText('Press play to follow the loss');
});

test('the learning rate changes while it trains, other settings begin a new run', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await run(page).play.click();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(20);
  await openSettings(page);
  const before = await run(page).steps();
  await enter(page.getByRole('textbox', { name: 'Learning rate' }), '5e-4');
  await expect(page.getByRole('button', { name: 'Training settings: Adam 5.0e-4, batch 128' })).toBeVisible();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(before);

  await run(page).pause.click();
  await expect(run(page).play).toBeVisible();
  await openSettings(page);
  await enter(page.getByRole('textbox', { name: 'Seed' }), '7');
  await expect(run(page).step).toHaveText('0');
});

/** A chart by its title. */
const chart = (page: Page, title: string): Locator =>
  panel(page, 'Charts').getByRole('figure').filter({ hasText: title });

/** The description of a chart for screen readers. */
const summary = (page: Page, title: string): Locator =>
  chart(page, title).getByRole('img', { name: /over training steps/ });

/** The figures in the accessible name of a chart: `Training 0.31, validation 91.0 %, step 160.` */
function numbersIn(label: string | null): { training: number; validation: number } {
  const number = (name: string) => Number(new RegExp(`${name} ([\\d.]+)`).exec(label ?? '')?.[1]);
  return { training: number('Training'), validation: number('validation') };
}

/** Expects a line: a path of many pieces, over most of the width of the chart, not flat. */
async function expectLine(figure: Locator, name: string): Promise<void> {
  const path = (await figure.locator(`[data-line="${name}"] > path`).getAttribute('d')) ?? '';
  const points = [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  const extent = (values: number[]) => Math.max(...values) - Math.min(...values);
  expect(points.length).toBeGreaterThan(20);
  expect(extent(points.map(({ x }) => x))).toBeGreaterThan(
    0.5 * (await figure.locator('svg').first().boundingBox())!.width,
  );
  expect(extent(points.map(({ y }) => y))).toBeGreaterThan(5);
}

/**
 * Expects every label of the vertical axis to be a power of ten, and equal factors to be equally
 * far apart.
 */
async function expectLogarithmic(figure: Locator): Promise<void> {
  const labels = figure.locator('.recharts-yAxis-tick-labels .recharts-cartesian-axis-tick-value');
  const ticks = await labels.evaluateAll((texts) =>
    texts.map((text) => ({ name: text.textContent ?? '', y: text.getBoundingClientRect().top })),
  );
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const decades = ticks.map(({ name, y }) => {
    expect(name).toMatch(/^10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/);
    const exponent = Number([...name.slice(2)].map((sign) => (sign === '⁻' ? '-' : digits.indexOf(sign))).join(''));
    return { exponent, y };
  });
  expect(decades.length).toBeGreaterThanOrEqual(3);
  const heights = decades.slice(1).map(({ exponent, y }, i) => (decades[i]!.y - y) / (exponent - decades[i]!.exponent));
  for (const height of heights) {
    expect(height).toBeGreaterThan(0);
    expect(Math.abs(height - heights[0]!)).toBeLessThan(1.5);
  }
}
