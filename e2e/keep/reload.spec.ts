import type { Page } from '@playwright/test';
import {
  choosePreset,
  layer,
  layerNames,
  ON_CPU,
  openPage,
  openSmall,
  panel,
  run,
  weightsLine,
  weightsOf,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { watchWorker } from '../parts/worker-watch.ts';

const openedReady = (page: Page) =>
  expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });

test(
  'a reload loses nothing: network, settings, data, view, ' + 'weights, optimizer, step, curves, looks at layers',
  async ({ page }) => {
    await openSmall(page);
    await page.evaluate(() => window.playground.configure({ batchSize: 50, optimizer: { learningRate: 0.02 } }));
    // The losses that would follow without a reload: the same run starts once more after this one.
    const { loss } = await page.evaluate(() => window.playground.train({ steps: 35 }));
    await page.evaluate(async () => {
      await window.playground.reset();
      await window.playground.train({ steps: 30 });
    });
    const trained = await weightsOf(page);
    await page.getByRole('tab', { name: 'Guide' }).click();
    // The page is stored a moment after the change, and the weights when training pauses.
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? ''))
      .toMatch(/"view":"guide".*"id":/);

    await page.reload();
    await expect(weightsLine(page)).toHaveText('Restored: step 30', { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
    await expect(run(page).step).toHaveText('30');
    await expect(run(page).play).toBeVisible();
    expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
    await expect(page.getByRole('button', { name: /^Training settings: .*0\.02.*batch 50/ })).toBeVisible();
    expect(await weightsOf(page)).toEqual(trained);
    await expect(page.getByRole('tab', { name: 'Guide' })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Train' }).click();
    await expect(panel(page, 'Charts').locator('[data-line="train"] > path').first()).toHaveAttribute('d', /^M.*L/);
    await page.getByRole('tab', { name: 'Gradients' }).click();
    await page.getByRole('radiogroup', { name: 'Quantity' }).getByText('Update ratio').click();
    await expect(
      page.getByRole('application', { name: /^Heat map of the update ratio: 1 layer over steps? 1\b/ }),
    ).toBeVisible();
    // Reloads again, with nothing done in between.
    await page.reload();
    await expect(weightsLine(page)).toHaveText('Restored: step 30', { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
    expect((await page.evaluate(() => window.playground.train({ steps: 5 }))).loss).toEqual(loss.slice(30));
    await expect(run(page).step).toHaveText('35');
  },
);

test(
  'a reload during training loses no step: those after the stored ' + 'weights are trained again, to the same bits',
  async ({ page }) => {
    await openSmall(page);
    await run(page).play.click();
    const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
    await expect.poll(stored).toMatch(/"id":/);
    const before = await run(page).steps();
    await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(before + 20);
    const left = await run(page).steps();
    await page.reload();
    await expect(weightsLine(page)).toHaveText(/^Restored: step [\d,]+$/, { timeout: 60_000 });
    await expect(run(page).play).toBeVisible({ timeout: 60_000 });
    const step = await run(page).steps();
    expect(step).toBeGreaterThanOrEqual(left);
    const again = await weightsOf(page);
    await page.evaluate(async (steps) => {
      await window.playground.reset();
      await window.playground.train({ steps });
    }, step);
    expect(again).toEqual(await weightsOf(page));
  },
);

test('a reload trains the steps again with the learning rates that they had, to the same bits', async ({ page }) => {
  await watchWorker(page);
  await openSmall(page);
  await run(page).play.click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '')).toMatch(/"id":/);
  await page.evaluate(() => window.playground.configure({ optimizer: { learningRate: 0.05 } }));
  const changed = () =>
    page.evaluate(() => window.workerWatch.liveChanges.find(({ settings }) => settings.learningRate === 0.05)?.step);
  await expect.poll(changed, { timeout: 60_000 }).toBeGreaterThan(1);
  const first = (await changed())!;
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(first + 5);
  const settings = await page.evaluate(() => window.workerWatch.liveChanges[0]?.settings);
  await page.reload();
  await expect(weightsLine(page)).toHaveText(/^Restored: step [\d,]+$/, { timeout: 60_000 });
  await expect(run(page).play).toBeVisible({ timeout: 60_000 });
  const last = await run(page).steps();
  const again = await weightsOf(page);
  await page.evaluate(
    async ({ learningRate, first, last }) => {
      window.playground.configure({ optimizer: { learningRate } });
      await window.playground.reset();
      await window.playground.train({ steps: first - 1 });
      window.playground.configure({ optimizer: { learningRate: 0.05 } });
      await window.playground.train({ steps: last - first + 1 });
    },
    { ...settings, first, last },
  );
  expect(again).toEqual(await weightsOf(page));
});

test('a run that begins while the one before is being stored is stored as well; a changed setting is no loss', async ({
  page,
}) => {
  await openSmall(page);
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(5);
  const weights = await page.evaluate(async () => {
    const given = await window.playground.getWeights();
    await window.playground.setWeights(given);
    return given;
  });
  await expect(weightsLine(page)).toHaveText('Weights set by a script');
  await expect(run(page).step).toHaveText('0');
  // Not the earlier run, which may have been stored as well.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? ''))
    .toMatch(/"run":\{"id":"[^"]+","step":0\}/);
  await page.reload();
  await expect(weightsLine(page)).toHaveText('Restored: step 0', { timeout: 60_000 });
  await openedReady(page);
  expect(await weightsOf(page)).toEqual(weights);
  await page.evaluate(() => window.playground.configure({ batchSize: 64 }));
  await page.reload();
  await expect(page.getByRole('button', { name: /^Training settings: .*batch 64/ })).toBeVisible();
  await openedReady(page);
  await expect(page.getByText(/weights of your last visit/)).toHaveCount(0);
});

test('a reload keeps the selected layer, and what undo and redo bring back', async ({ page }) => {
  await openSmall(page, ON_CPU);
  await choosePreset(page, 'LeNet-5');
  await page.evaluate(() => window.playground.configure({ batchSize: 50 }));
  await page.keyboard.press('Control+z');
  await layer(page, 'conv2d_2')
    .getByRole('button', { name: /^Conv2D conv2d_2/ })
    .click();
  const settings = (batch: number) =>
    page.getByRole('button', { name: new RegExp(`^Training settings: .*batch ${batch}`) });
  const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
  await expect.poll(stored).toMatch(/"selected":"/);
  await page.reload();
  await expect(panel(page, 'Inspector')).toContainText('conv2d_2', { timeout: 60_000 });
  await page.keyboard.press('Control+Shift+z');
  await expect(settings(50)).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('a reload with a stack that has a problem goes on with the run, and with the stack once it is repaired', async ({
  page,
}) => {
  await openSmall(page, ON_CPU);
  await page.evaluate(() => window.playground.train({ steps: 12 }));
  await layer(page, 'flatten_1')
    .getByRole('button', { name: /^Flatten flatten_1/ })
    .focus();
  await page.keyboard.press('Delete');
  await expect(layer(page, 'dense_1')).toContainText('Flatten');
  const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
  await expect.poll(stored).toMatch(/"layers":\[\{"kind":"dense".*"id":/);
  await page.reload();
  await expect(run(page).step).toHaveText('12', { timeout: 60_000 });
  await layer(page, 'dense_1').getByRole('button', { name: 'Insert Flatten' }).click();
  await panel(page, 'Network').getByRole('button', { name: 'Inspect flatten_1' }).click();
  await expect(panel(page, 'Inspector').getByRole('tab', { name: 'Outputs' })).toBeVisible();
  await expect(run(page).step).toHaveText('12');
  expect((await page.evaluate(() => window.playground.train({ steps: 3 }))).steps).toBe(3);
  await expect(run(page).step).toHaveText('15');
});

test('broken stored data is ignored, and a browser that stores nothing is reported once', async ({ page, watch }) => {
  await page.addInitScript(() =>
    localStorage.setItem('cnn-playground:page', '{"version":1,"document":{"format":"foreign"}}'),
  );
  await openPage(page, ON_CPU);
  await expect.poll(() => layerNames(page)).toContain('conv2d_3 Conv2D');
  expect(watch.problems).toEqual([]);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await openPage(page, `${ON_CPU}&again`);
  await choosePreset(page, 'Logistic regression');
  await expect(page.getByText(/this browser does not keep the page \(The quota has been exceeded\)/i)).toBeVisible();
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});
