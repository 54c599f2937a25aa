import type { Locator, Page } from '@playwright/test';
import { openReadyPage, panel, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { frames } from '../parts/rest.ts';
import { openTiny } from '../parts/tiny.ts';
import { watchWorker } from '../parts/worker-watch.ts';

/** The requests that the page makes by itself. */
const LIVE = ['thumbnails', 'predict', 'inspect'];

test('thumbnails, prediction and inspector follow the network while it trains, and rest when it does', async ({
  page,
}) => {
  await watchWorker(page);
  await openReadyPage(page);
  await page.evaluate(() => window.playground.setModel('mlp'));
  await panel(page, 'Network').getByRole('button', { name: 'Inspect dense_1' }).click();
  await expect(
    panel(page, 'Inspector')
      .getByRole('img', { name: /^Weights/ })
      .first(),
  ).toBeVisible();
  await run(page).play.click();
  await expect(run(page).pause).toBeVisible();
  // Taken early in the training: later the prediction may have reached 100 % and stay there.
  const probabilities = panel(page, 'Prediction');
  const shown = await probabilities.innerText();
  const parts = [
    panel(page, 'Network').getByRole('img', { name: 'Output of dense_1' }),
    panel(page, 'Inspector').locator('canvas').first(),
  ];
  for (const part of parts) {
    await expect(run(page).pause).toBeVisible();
    const before = await pixelsOf(part);
    await expect.poll(() => pixelsOf(part), { timeout: 60_000 }).not.toBe(before);
  }
  const asked = () =>
    page.evaluate((live) => window.workerWatch.asked.filter(({ type }) => live.includes(type)).length, LIVE);
  await expect.poll(() => probabilities.innerText(), { timeout: 60_000 }).not.toBe(shown);

  await run(page).pause.click();
  await expect(run(page).play).toBeVisible();
  const rested = await askedAtRest(page, asked);
  // Longer than the rest between two rounds of questions.
  await frames(page, 150);
  expect(await asked()).toBe(rested);
  await run(page).stepOnce.click();
  await expect.poll(asked, { timeout: 60_000 }).toBeGreaterThanOrEqual(rested + LIVE.length);
});

test('what a person asks is answered while it trains', async ({ page }) => {
  await openReadyPage(page);
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(0);
  const network = panel(page, 'Network');
  const input = network.getByRole('img', { name: 'Output of the input' });
  for (const [image, id] of [
    [2, 'conv2d_2'],
    [3, 'dense_1'],
    [4, 'maxPool2d_1'],
  ] as const) {
    await network.getByRole('button', { name: `Inspect ${id}` }).click();
    await expect(panel(page, 'Inspector').locator('canvas').first()).toBeVisible({ timeout: 60_000 });
    const before = await pixelsOf(input);
    await panel(page, 'Prediction')
      .getByRole('button', { name: new RegExp(`^Image ${image}, a `) })
      .click();
    await expect.poll(() => pixelsOf(input), { timeout: 60_000 }).not.toBe(before);
  }
  await expect(run(page).pause).toBeVisible();
});

test('the worker looks at the first step, at single ones, now and then, and at the one that was not finite', async ({
  page,
}) => {
  await watchWorker(page);
  await openTiny(page);
  const looks = () => page.evaluate(() => window.workerWatch.looks);
  await page.evaluate(() => window.playground.train({ steps: 5 }));
  expect((await looks())[0]).toEqual({ step: 1, layers: ['conv2d_1', 'maxPool2d_1', 'flatten_1', 'dense_1'] });
  await run(page).stepOnce.click();
  await expect.poll(async () => (await looks()).at(-1)?.step).toBe(6);
  await run(page).play.click();
  await expect.poll(async () => (await looks()).length, { timeout: 60_000 }).toBeGreaterThan(4);
  await run(page).pause.click();
  const steps = (await looks()).map(({ step }) => step);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));

  const halted = await page.evaluate(async () => {
    const dense = (units: number, activation: 'linear' | 'softmax') =>
      ({ kind: 'dense', units, useBias: true, activation }) as const;
    const layers = [{ kind: 'flatten' } as const, dense(4, 'linear'), dense(3, 'softmax')];
    await window.playground.setModel({ version: 1, name: 'Exploding', input: [8, 8, 1], layers });
    window.playground.configure({ batchSize: 12, optimizer: { kind: 'sgd', learningRate: 1e6 } });
    return (await window.playground.train({ steps: 50 })).halted;
  });
  await expect.poll(async () => (await looks()).at(-1)?.step).toBe(halted!.step);
});

/**
 * After a pause everything is asked about once more: the number of questions, once all are answered
 * and no other came in 30 frames.
 */
async function askedAtRest(page: Page, asked: () => Promise<number>): Promise<number> {
  let rested = -1;
  await expect(async () => {
    const before = await asked();
    await frames(page, 30);
    expect(await page.evaluate(() => window.workerWatch.open)).toBe(0);
    rested = await asked();
    expect(rested).toBe(before);
  }).toPass({ timeout: 60_000 });
  return rested;
}

/** Everything on a canvas, as one string. */
const pixelsOf = (canvas: Locator): Promise<string> =>
  canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
