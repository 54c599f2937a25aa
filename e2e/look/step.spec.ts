import type { Locator, Page } from '@playwright/test';
import { openReadyPage, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { frames } from '../parts/rest.ts';

/** Opens the page with a small network and fresh weights, at the first stage of the first batch. */
async function openSteps(page: Page, preset: string): Promise<Locator> {
  await openReadyPage(page);
  await page.evaluate((id) => window.playground.setModel(id), preset);
  await page.getByRole('tab', { name: 'Step through' }).click();
  await expect(stage(page)).toBeVisible({ timeout: 60_000 });
  return page.getByRole('group', { name: 'All stages' });
}

const stage = (page: Page) => page.getByRole('region', { name: 'This stage' });
const position = (page: Page) => page.getByRole('group', { name: 'Stages', exact: true }).getByRole('status');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const weights = (page: Page) =>
  page.evaluate(async () => {
    const all = await window.playground.getWeights();
    return Object.values(all).flatMap((layer) =>
      Object.values(layer).map(({ data }) => [...data].reduce((sum, w) => sum + w * w, 0)),
    );
  });

test('one batch goes forward, into the loss, back, and updates the weights once', async ({ page }) => {
  await openSteps(page, 'logistic-regression');
  const before = await weights(page);
  const names = [
    'Input batch',
    'Forward: flatten_1',
    'Forward: dense_1',
    'Loss',
    'Backward: dense_1',
    'Backward: flatten_1',
  ];
  for (const [i, name] of names.entries()) {
    await expect(position(page)).toContainText(`${i + 1} of 7`);
    await expect(position(page)).toContainText(name);
    if (i < names.length - 1) await button(page, 'Next stage').click();
  }
  await expect(stage(page)).toContainText('only the shape changes');
  expect(await weights(page)).toEqual(before);
  expect(await run(page).steps()).toBe(0);

  await button(page, 'Next stage').click();
  await expect(stage(page)).toContainText('they agree but for rounding', { timeout: 60_000 });
  await expect(stage(page).getByRole('table', { name: /Weights W 784×10/ })).toContainText('L2 norm of all');
  await expect(button(page, 'Next stage')).toBeDisabled();
  expect(await run(page).steps()).toBe(1);
  const after = await weights(page);
  expect(after).not.toEqual(before);

  for (let i = 0; i < 6; i++) await button(page, 'Previous stage').click();
  await expect(position(page)).toContainText('Input batch');
  expect(await weights(page)).toEqual(after);
  await button(page, 'Next batch').click();
  await expect(page.getByRole('region', { name: 'Step through one batch' })).toContainText('step 2', {
    timeout: 60_000,
  });
});

test('the loss is worked out in numbers that fit together', async ({ page }) => {
  const stages = await openSteps(page, 'logistic-regression');
  await stages.getByRole('button', { name: /^Loss/ }).click();
  const table = stage(page).getByRole('table', { name: /^The chosen image, a \d/ });
  const rows = table.locator('tbody tr');
  await expect(rows).toHaveCount(10);
  const shares = await rows.locator('td:nth-of-type(2)').allInnerTexts();
  expect(shares.reduce((sum, text) => sum + parseFloat(text), 0)).toBeCloseTo(100, 0);
  // The map shows the mean loss of the batch; guessing among ten classes gives ln 10.
  expect(
    parseFloat((await stages.getByRole('button', { name: /^Loss/ }).innerText()).replace('L = ', '')),
  ).toBeGreaterThan(1);
  const first = await table.innerText();
  await page.getByRole('group', { name: 'Image to follow' }).getByRole('button').nth(3).click();
  await expect(table).not.toHaveText(first);
});

test('arrow keys and the map move, slow motion goes on by itself', async ({ page }) => {
  const stages = await openSteps(page, 'mlp');
  await stages.getByRole('button', { name: /^Forward: dense_2/ }).click();
  await expect(position(page)).toContainText('Forward: dense_2');
  await page.keyboard.press('ArrowRight');
  await expect(position(page)).toContainText('Forward: dense_3');
  await expect(stages.getByRole('button', { name: /^Forward: dense_3/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(position(page)).toContainText('Forward: dense_1');

  await page.getByRole('slider', { name: 'Speed of slow motion' }).press('End');
  await expect(page.getByText('4 / s')).toBeVisible();
  await button(page, 'Play slow motion').click();
  await expect(position(page)).toContainText('Backward', { timeout: 60_000 });
  await button(page, 'Pause slow motion').click();
  const stopped = await position(page).innerText();
  // At four stages a second it would be several further.
  await frames(page, 90);
  expect(await position(page).innerText()).toBe(stopped);
  expect(await run(page).steps()).toBe(0);
});

test('training has to pause first, and moves on to another batch', async ({ page }) => {
  await openReadyPage(page);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.getByRole('tab', { name: 'Step through' }).click();
  await expect(page.getByText('The network is training', { exact: true })).toBeVisible();
  await button(page, 'Pause to step through').click();
  await expect(stage(page)).toBeVisible({ timeout: 60_000 });
  const step = (await run(page).steps()) + 1;
  await expect(page.getByRole('region', { name: 'Step through one batch' })).toContainText(
    `step ${step.toLocaleString('en-US')}`,
  );
});

test('a skip connection brings a second input, and takes the gradient to both', async ({ page }) => {
  const stages = await openSteps(page, 'small-resnet');
  await stages.getByRole('button', { name: /^Forward: add_1/ }).click();
  await expect(stage(page).getByRole('img', { name: /^Input of add_1/ })).toBeVisible();
  await expect(stage(page).getByRole('img', { name: /^Output of activation_1, the second input/ })).toBeVisible();
  await stages.getByRole('button', { name: /^Backward: add_1/ }).click();
  await expect(stage(page)).toContainText('hands the same gradient to batchNormalization_3 and to activation_1');
  await stages.getByRole('button', { name: /^Backward: activation_1/ }).click();
  await expect(stage(page)).toContainText('the sum of what both send back');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('all of it fits the width', async ({ page }) => {
    await openReadyPage(page);
    await page.evaluate(() => window.playground.setModel('logistic-regression'));
    await page.getByRole('tab', { name: 'More' }).tap();
    await page.getByRole('combobox', { name: 'View' }).click();
    await page.getByRole('option', { name: 'Step through' }).click();
    await expect(stage(page)).toBeVisible({ timeout: 60_000 });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    for (let i = 0; i < 5; i++) {
      expect(await fits()).toBe(true);
      await button(page, 'Next stage').tap();
    }
    await button(page, 'Next stage').tap();
    await expect(stage(page)).toContainText('un-trains nothing', { timeout: 60_000 });
    expect(await fits()).toBe(true);
  });
});
