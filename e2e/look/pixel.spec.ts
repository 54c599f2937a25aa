import type { Locator } from '@playwright/test';
import { expectSumShown, inspect, numberIn, openLayer, stackTwoConvolutions } from '../parts/inspector-parts.ts';
import { ON_CPU, openReadyPage } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.setTimeout(180_000);

test('the numbers of a product add up to what the layer put out, wherever the cursor stands', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_2', 'Feature maps');
  await expectSumShown(inspector);
  const maps = inspector.getByRole('application', { name: /^Activations/ });
  await maps.focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'ArrowLeft']) {
    const before = await placeShown(inspector);
    await maps.press(key);
    await expect.poll(() => placeShown(inspector)).not.toBe(before);
    await expectSumShown(inspector);
  }
  // Each input channel shows its part of the sum, and a click shows its window.
  const sums = inspector.getByRole('group', { name: 'Sum over the window in each input channel' });
  await expect(sums.getByRole('button')).toHaveCount(4);
  await sums.getByRole('button', { name: /^channel 2/ }).click();
  await expect(
    inspector.getByRole('table', { name: 'Window in channel 2 of the input, value × weight' }),
  ).toBeVisible();
  const part = numberIn(
    (await sums
      .getByRole('button', { name: /^channel 2/ })
      .locator('b')
      .textContent())!,
  );
  const cells = await inspector
    .getByRole('table', { name: /^Window in channel 2/ })
    .locator('td b')
    .allTextContents();
  expect(cells).toHaveLength(9);
  expect(Math.abs(cells.reduce((sum, cell) => sum + numberIn(cell), 0) - part)).toBeLessThan(
    0.02 * Math.max(1, Math.abs(part)),
  );
});

test('pointing at a pixel lights up its receptive field in the image', async ({ page }) => {
  const inspector = await inspect(page, 'maxPool2d_1', 'Feature maps');
  const canvas = inspector.getByRole('img', { name: /^Activations, from/ });
  // In this network, a 3x3 valid convolution and a 2x2 pooling, the first pixel sees rows and
  // columns 0 to 3.
  await canvas.hover({ position: { x: 1, y: 1 } });
  const field = inspector.getByRole('img', { name: /^Receptive field/ });
  await expect(field).toHaveAccessibleName('Receptive field: 16 pixels, rows 0 to 3, columns 0 to 3');
  await inspector.getByRole('application', { name: /^Activations/ }).press('ArrowRight');
  await expect(field).toHaveAccessibleName('Receptive field: 16 pixels, rows 0 to 3, columns 2 to 5');
});

test('a click pins the place until another click or Escape', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_2', 'Feature maps');
  const maps = inspector.getByRole('img', { name: /^Activations, from/ });
  await expectSumShown(inspector);
  await maps.click({ position: { x: 21, y: 17 } });
  await expect.poll(() => placeShown(inspector)).toMatch(/^pinned: y\[\d+, \d+, 0\], click again to let go/);
  const pinned = await placeShown(inspector);
  await maps.hover({ position: { x: 40, y: 40 } });
  await expect(inspector.getByText(/^channel 0 \[\d+, \d+\]/).first()).toBeVisible();
  expect(await placeShown(inspector)).toBe(pinned);
  // Another click unpins, and the place follows the pointer again.
  await maps.click({ position: { x: 40, y: 40 } });
  await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  const free = await placeShown(inspector);
  await maps.hover({ position: { x: 9, y: 9 } });
  await expect.poll(() => placeShown(inspector)).not.toBe(free);
  // By keyboard, Enter pins; Escape unpins and leaves the layer selected.
  await inspector.getByRole('application', { name: /^Activations/ }).press('Enter');
  await expect.poll(() => placeShown(inspector)).toMatch(/^pinned/);
  await page.keyboard.press('Escape');
  await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  await expect(inspector.getByTestId('product')).toBeVisible();
  // The button beside the words unpins too.
  await maps.click({ position: { x: 21, y: 17 } });
  await inspector.getByRole('button', { name: 'Let go of this place' }).click();
  await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
});

test('pixel, receptive field and product are in sight together, in Train and in Gradients', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const inspector = await inspect(page, 'conv2d_2', 'Feature maps');
  await expectSumShown(inspector);
  for (const view of ['Train', 'Gradients']) {
    await page.getByRole('tab', { name: view, exact: true }).click();
    for (const name of [/^Activations, from/, /^Gradient of the loss by the output, from/]) {
      await inspector.getByRole('img', { name }).hover({ position: { x: 30, y: 20 } });
      await expectTogether(inspector, name);
    }
  }
});

test('a message at the foot of the page leaves them in sight', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await expect(page.getByText(/^Training runs on the CPU/)).toBeVisible();
  await stackTwoConvolutions(page);
  const inspector = await openLayer(page, 'conv2d_2', 'Feature maps');
  await inspector.getByRole('img', { name: /^Activations, from/ }).hover({ position: { x: 30, y: 20 } });
  await expectTogether(inspector, /^Activations, from/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a tap pins a pixel beside its receptive field and its product', async ({ page }) => {
    await openReadyPage(page);
    await stackTwoConvolutions(page);
    await page.getByRole('tab', { name: 'Network' }).click();
    const inspector = await openLayer(page, 'conv2d_2', 'Feature maps');
    const maps = inspector.getByRole('img', { name: /^Activations, from/ });
    await maps.tap({ position: { x: 30, y: 20 } });
    await expect.poll(() => placeShown(inspector)).toMatch(/^pinned/);
    await expectTogether(inspector, /^Activations, from/);
    // Another tap pins another place; a tap on the same place unpins it.
    const first = await placeShown(inspector);
    await maps.tap({ position: { x: 10, y: 10 } });
    await expect.poll(() => placeShown(inspector)).not.toBe(first);
    expect(await placeShown(inspector)).toMatch(/^pinned/);
    await maps.tap({ position: { x: 10, y: 10 } });
    await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  });
});

const placeShown = (inspector: Locator) =>
  inspector.getByRole('region', { name: 'How this number came about' }).getByRole('heading').textContent();

/**
 * Expects the pixel under the cursor, the image with its receptive field and the line of arithmetic
 * to be in the viewport, with nothing covering them.
 */
async function expectTogether(inspector: Locator, map: RegExp): Promise<void> {
  await expect(inspector.getByTestId('product')).toBeInViewport({ ratio: 1 });
  await expect(inspector.getByTestId('product-output')).toBeInViewport({ ratio: 1 });
  await expect(inspector.getByRole('img', { name: /^Receptive field/ })).toBeInViewport({ ratio: 1 });
  await expect
    .poll(() =>
      inspector.getByRole('img', { name: map }).evaluate((canvas) => {
        const { left, top } = canvas.getBoundingClientRect();
        return document.elementFromPoint(left + 30, top + 20) === canvas;
      }),
    )
    .toBe(true);
  await expect
    .poll(() =>
      inspector.getByTestId('product').evaluate((line) => {
        const { left, top } = line.getBoundingClientRect();
        const front = document.elementFromPoint(left + 4, top + 4);
        return front !== null && line.contains(front);
      }),
    )
    .toBe(true);
}
