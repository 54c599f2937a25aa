import type { Locator, Page } from '@playwright/test';
import { choosePreset, layer, layerNames, ON_CPU, openReadyPage, panel, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

const guide = (page: Page): Locator => page.getByRole('region', { name: 'Guide', exact: true });
const chapter = (page: Page, title: string): Locator => guide(page).getByRole('region', { name: new RegExp(title) });

async function openGuide(page: Page): Promise<void> {
  await openReadyPage(page, ON_CPU);
  await page.getByRole('tab', { name: 'Guide' }).click();
  await expect(guide(page).getByRole('heading', { level: 3 })).toHaveCount(11);
}

test('the guide shows the network on the page at work, before it was trained', async ({ page }) => {
  await openGuide(page);
  await expect(chapter(page, 'A picture is numbers').getByRole('img', { name: /^The image as numbers/ })).toBeVisible();
  const convolution = chapter(page, 'A convolution looks for one pattern');
  await expect(convolution.getByRole('table', { name: 'Products' }).getByRole('cell')).toHaveCount(9);
  const sum = convolution.getByText(/z = /);
  const before = await sum.innerText();
  await convolution.getByRole('slider', { name: 'Filter' }).press('ArrowRight');
  await expect(sum).not.toHaveText(before);
  await expect(chapter(page, 'Pooling keeps what was found')).toContainText('The largest is');
  await expect(chapter(page, 'A dense layer adds up')).toContainText(/the score is/);
  // The numbers that the guide computes equal those of the engine.
  const backward = chapter(page, 'Backward begins with');
  await expect(backward.getByRole('columnheader', { name: 'Engine' })).toBeVisible();
  const words = await backward.getByText(/the largest difference is/).innerText();
  expect(Number(words.match(/difference is ([\d.e-]+)\./)![1])).toBeLessThan(1e-4);
  await expect(
    chapter(page, 'The gradient of a filter').getByRole('img', { name: /^Gradient of filter 1 for this image/ }),
  ).toBeVisible();
  await expect(chapter(page, 'One step downhill')).toContainText('Adam');
});

test('after a step every layer has a bar, and links lead to where things are seen', async ({ page }) => {
  await openGuide(page);
  await run(page).stepOnce.click();
  await expect.poll(() => run(page).steps()).toBe(1);
  const bars = chapter(page, 'Why gradients vanish').getByRole('list', { name: /^Gradient of each layer/ });
  await expect(bars.getByRole('listitem')).toHaveText([/^conv2d_1/, /^conv2d_2/, /^conv2d_3/, /^dense_1/]);
  await guide(page)
    .getByRole('navigation', { name: 'Chapters' })
    .getByRole('button', { name: 'The gradient of a filter' })
    .click();
  await expect(chapter(page, 'The gradient of a filter').getByRole('heading')).toBeFocused();
  await page.getByRole('button', { name: 'Show me the gradient of every filter' }).click();
  await expect(page.getByRole('tab', { name: 'Train' })).toHaveAttribute('aria-selected', 'true');
  await expect(panel(page, 'Inspector')).toContainText('conv2d_1');
});

test('a network without convolution is explained by what it has', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await choosePreset(page, 'Logistic regression');
  await page.getByRole('tab', { name: 'Guide' }).click();
  await expect(chapter(page, 'A convolution looks for one pattern')).toContainText('This network has no Conv2D');
  await expect(
    chapter(page, 'A convolution looks for one pattern').getByRole('img', { name: /^Weights of unit 0/ }),
  ).toBeVisible();
  await expect(chapter(page, 'Pooling keeps what was found')).toContainText('This network has no pooling');
  await expect(chapter(page, 'A dense layer adds up')).toContainText('Of 784 numbers');
});

test('an experiment is done with one button and undone with another, weights included', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 3 }));
  const weights = () =>
    page.evaluate(async () => [...(await window.playground.getWeights())['dense_1']!.weight!.data.slice(0, 50)]);
  const before = await weights();
  await page.getByRole('tab', { name: 'Guide' }).click();
  await page.getByRole('button', { name: 'Stack 12 sigmoid layers' }).click();
  await expect(page.getByRole('button', { name: 'Networks: 12 sigmoid layers' })).toBeVisible();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Undo: back to my network' }).click();
  await expect(page.getByRole('button', { name: 'Networks: Logistic regression' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo: back to my network' })).toBeDisabled();
  expect(await weights()).toEqual(before);
  await expect(page.getByRole('button', { name: /^Training settings: Adam 1.0e-3, batch 128/ })).toBeVisible();
});

test('undoing an experiment brings back layers that are off, also after a look at another view', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    await window.playground.setModel({
      version: 1,
      name: 'With dropout',
      input: [28, 28, 1],
      layers: [{ kind: 'flatten' }, { kind: 'dropout' }, { kind: 'dense', units: 10, activation: 'softmax' }],
    });
  });
  await layer(page, 'dropout_1').hover();
  await layer(page, 'dropout_1')
    .getByRole('button', { name: /^Switch off/ })
    .click();
  const before = await layerNames(page);
  expect(before).toEqual(['flatten_1 Flatten', 'Dropout off', 'dense_1 Dense']);
  await page.getByRole('tab', { name: 'Guide' }).click();
  await page.getByRole('button', { name: 'Stack 12 sigmoid layers' }).click();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByRole('tab', { name: 'Guide' }).click();
  await page.getByRole('button', { name: 'Undo: back to my network' }).click();
  await expect.poll(() => layerNames(page)).toEqual(before);
});
