import type { Locator, Page } from '@playwright/test';
import { choosePreset, openReadyPage, panel, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('the gallery is filtered and sorted', async ({ page }) => {
  const view = await openTestView(page);
  const total = await imagesInSight(view);
  expect([2_000, 10_000]).toContain(total);
  await view.getByText('Wrong', { exact: true }).click();
  const wrong = await imagesInSight(view);
  for (const tile of await tiles(view)) expect(tile).toMatchObject({ right: false });
  await view.getByText('Right', { exact: true }).click();
  const right = await imagesInSight(view);
  expect(right + wrong).toBe(total);
  await expect(result(view)).toContainText(`${(100 * (right / total)).toFixed(1)} % right`);

  await view.getByRole('button', { name: 'Show all' }).click();
  await select(page, view, 'True digit', '4');
  for (const tile of await tiles(view)) expect(tile.actual).toBe(4);
  await select(page, view, 'Taken for', '9');
  for (const tile of await tiles(view)) expect(tile).toMatchObject({ actual: 4, predicted: 9, right: false });

  await view.getByRole('button', { name: 'Show all' }).click();
  await select(page, view, 'Order of the images', 'Least confident first');
  const unsure = (await tiles(view)).map(({ confidence }) => confidence);
  expect(unsure).toHaveLength(60);
  expect(unsure).toEqual([...unsure].sort((a, b) => a - b));
  await select(page, view, 'Order of the images', 'Highest loss first');
  expect((await tiles(view))[0]).toMatchObject({ right: false });
  await view.getByRole('button', { name: 'Next page of images' }).click();
  await expect(view.getByRole('status', { name: 'Images in sight' })).toHaveText(
    `61 to 120 of ${total.toLocaleString('en-US')}`,
  );
});

test('a cell of the confusion matrix shows its images, and the figures add up with it', async ({ page }) => {
  const view = await openTestView(page);
  const confusion = await confusionIn(view);
  const count = confusion[4]![9]!;
  expect(count).toBeGreaterThan(0);
  const cell = view.getByRole('button', { name: /of 4 taken for 9/ });
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  expect(await imagesInSight(view)).toBe(count);
  for (const tile of await tiles(view)) expect(tile).toMatchObject({ actual: 4, predicted: 9 });
  await cell.click();
  expect(await imagesInSight(view)).toBe(sum(confusion.map(sum)));

  const rows = await view.getByRole('region', { name: 'Precision and recall' }).getByRole('row').all();
  for (let digit = 0; digit < 10; digit++) {
    const row = confusion[digit]!;
    const taken = sum(confusion.map((counts) => counts[digit]!));
    const shares = [row[digit]! / taken, row[digit]! / sum(row), (2 * row[digit]!) / (sum(row) + taken)];
    const figures = await rows[digit + 1]!.getByRole('cell').allInnerTexts();
    expect(figures).toEqual([
      ...shares.map((share) => `${(100 * share).toFixed(1)} %`),
      sum(row).toLocaleString('en-US'),
    ]);
  }
});

test('an image opens in the inspector, with the keyboard as well', async ({ page }) => {
  const view = await openTestView(page);
  const inspector = panel(page, 'Inspector');
  await expect(inspector).toContainText('Click a layer to look inside');
  const images = view.getByRole('group', { name: 'Images of the gallery' });
  await images.getByRole('button').nth(4).click();
  await expect(inspector).toContainText(/5 of [\d.,k]+, label \d/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(inspector).toContainText(/7 of [\d.,k]+, label \d/);
  await expect(images.getByRole('button').nth(6)).toHaveAttribute('aria-pressed', 'true');

  await view.getByText('Validation', { exact: true }).click();
  await expect(result(view)).toContainText('validation images');
  await images.getByRole('button').first().click();
  await expect(inspector).toContainText(/1 of [\d.,k]+, label \d/);
});

test('what is shown says which weights it is of, and is renewed when the network rests', async ({ page }) => {
  const view = await openTestView(page);
  await expect(result(view)).toContainText(/weights of step 60\s*\.\s*Up to date/);
  await run(page).stepOnce.click();
  await expect(result(view)).toContainText(/weights of step 61\s*\.\s*Up to date/, { timeout: 60_000 });
  await run(page).play.click();
  await expect(result(view)).toContainText('Stale', { timeout: 60_000 });
  await view.getByRole('button', { name: 'Evaluate' }).click();
  await expect(result(view)).not.toContainText('weights of step 61', { timeout: 60_000 });
  await run(page).pause.click();
  await expect(result(view)).toContainText('Up to date', { timeout: 60_000 });
  await run(page).reset.click();
  await expect(result(view)).toContainText(/weights of step 0\s*\.\s*Up to date/, { timeout: 60_000 });
});

/** Trains a network and opens the Test view with its first evaluation. */
async function openTestView(page: Page): Promise<Locator> {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 60 }));
  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  const view = page.getByRole('region', { name: 'Test', exact: true });
  await expect(result(view)).toContainText(/\d+\.\d % right, loss/, { timeout: 60_000 });
  return view;
}

const result = (view: Locator) => view.getByRole('status', { name: 'Result' });
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

/** The number of images in the gallery, on all its pages. */
async function imagesInSight(view: Locator): Promise<number> {
  const words = await view.getByRole('status', { name: 'Images in sight' }).innerText();
  return Number(/of ([\d,]+)$/.exec(words)![1]!.replaceAll(',', ''));
}

/** Reads the names of the images on this page of the gallery. */
async function tiles(view: Locator) {
  const images = view.getByRole('group', { name: 'Images of the gallery' }).getByRole('button');
  const names = await images.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')!));
  expect(names.length).toBeGreaterThan(0);
  return names.map((name) => {
    const [, actual, predicted, outcome, confidence] =
      /^Image \d+, a (\d), taken for (\d), (right|wrong), score >?([\d.]+) %$/.exec(name)!;
    return {
      actual: Number(actual),
      predicted: Number(predicted),
      right: outcome === 'right',
      confidence: Number(confidence),
    };
  });
}

/** confusion[actual][predicted], as shown. */
async function confusionIn(view: Locator): Promise<number[][]> {
  const cells = await view.getByRole('region', { name: 'Confusion matrix' }).getByRole('button').allInnerTexts();
  expect(cells).toHaveLength(100);
  return Array.from({ length: 10 }, (_, actual) => cells.slice(10 * actual, 10 * actual + 10).map(Number));
}

async function select(page: Page, view: Locator, name: string, option: string): Promise<void> {
  await view.getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
