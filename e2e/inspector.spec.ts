import type { Locator, Page } from '@playwright/test';
import { layer, ON_CPU, openReadyPage, panel } from './page-parts.ts';
import { expect, test } from './page-test.ts';

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
  // Each input channel has its part of the sum, and its window is one click away.
  const sums = inspector.getByRole('group', { name: 'Sum over the window in each input channel' });
  await expect(sums.getByRole('button')).toHaveCount(4);
  await sums.getByRole('button', { name: /^channel 2/ }).click();
  await expect(inspector.getByRole('table', { name: 'Window in channel 2 of the input, value × weight' })).toBeVisible();
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
  expect(Math.abs(cells.reduce((sum, cell) => sum + numberIn(cell), 0) - part)).toBeLessThan(0.02 * Math.max(1, Math.abs(part)));
});

test('pointing at a pixel lights up its receptive field in the image', async ({ page }) => {
  const inspector = await inspect(page, 'maxPool2d_1', 'Feature maps');
  const canvas = inspector.getByRole('img', { name: /^Activations, from/ });
  // The network: 3x3 valid convolution, 2x2 pooling. The first pixel sees rows and columns 0 to 3.
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
  // Another click lets go, and the place follows the pointer again.
  await maps.click({ position: { x: 40, y: 40 } });
  await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  const free = await placeShown(inspector);
  await maps.hover({ position: { x: 9, y: 9 } });
  await expect.poll(() => placeShown(inspector)).not.toBe(free);
  // With the keyboard: Enter pins, Escape lets go and leaves the layer selected.
  await inspector.getByRole('application', { name: /^Activations/ }).press('Enter');
  await expect.poll(() => placeShown(inspector)).toMatch(/^pinned/);
  await page.keyboard.press('Escape');
  await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  await expect(inspector.getByTestId('product')).toBeVisible();
  // And with the button beside the words.
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
    // Another tap pins another place; on the same place it lets go.
    const first = await placeShown(inspector);
    await maps.tap({ position: { x: 10, y: 10 } });
    await expect.poll(() => placeShown(inspector)).not.toBe(first);
    expect(await placeShown(inspector)).toMatch(/^pinned/);
    await maps.tap({ position: { x: 10, y: 10 } });
    await expect.poll(() => placeShown(inspector)).not.toMatch(/^pinned/);
  });
});

test('values of which none is finite are not called zero', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_2', 'Feature maps');
  await page.evaluate(async () => {
    const { playground } = window;
    const weights = await playground.getWeights();
    // Every place of conv2d_2 adds up infinities of both signs.
    weights.conv2d_1!.bias!.data.fill(3e38);
    weights.conv2d_2!.weight!.data.forEach((_, i, all) => (all[i] = Math.floor(i / 6) % 2 ? 3e38 : -3e38));
    await playground.setWeights(weights);
  });
  const response = inspector.getByRole('region', { name: 'Response to one image' });
  await expect(response.getByRole('img', { name: 'Activations: no finite value: 726 NaN' })).toBeVisible();
  await expect(response.getByText('no finite value: 726 NaN', { exact: true }).first()).toBeVisible();
});

test('a pooling shows which pixel won, and where its gradient went', async ({ page }) => {
  const inspector = await inspect(page, 'maxPool2d_1', 'Feature maps');
  await expect(inspector).toContainText('dots: the pixels that won');
  await expect(inspector).toContainText('goes to the winners alone');
  await expect(inspector.getByRole('table', { name: /^Window in channel/ }).locator('td')).toHaveCount(4);
  await expect(inspector.getByText('wins', { exact: true })).toHaveCount(1);
  await expectSumShown(inspector);
  const winner = await inspector.locator('td[data-winner] b').textContent();
  expect(numberIn(winner!)).toBeCloseTo(await shownOutput(inspector), 1);
});

test('one filter with everything that belongs to it, and the arrow keys go to the next', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_2', 'Filters');
  await page.evaluate(() => window.playground.train({ steps: 2 }));
  const filters = inspector.getByRole('application', { name: /^Filters/ });
  await filters.focus();
  await filters.press('ArrowDown');
  await filters.press('ArrowDown');
  await inspector.getByRole('tab', { name: 'One filter' }).click();
  const one = inspector.getByRole('region', { name: 'filter 2', exact: true });
  await expect(one).toContainText('filter 2 of 6');
  for (const name of ['Weights of unit 2', 'Gradient of the weights of unit 2', 'Feature map 2', 'Gradient of feature map 2']) {
    await expect(one.getByRole('img', { name: new RegExp(`^${name}, from`) })).toBeVisible();
  }
  for (const figure of ['‖dL/dW‖, last step', 'bias', 'mean activation']) await expect(one).toContainText(figure);
  await expectSumShown(one);
  await one.getByRole('button', { name: 'Next filter' }).press('ArrowRight');
  await expect(inspector.getByRole('region', { name: 'filter 3', exact: true })).toBeVisible();
  await inspector.getByRole('button', { name: 'Previous filter' }).click();
  await expect(one).toBeVisible();
});

test('colours reach to the largest of the unit, the layer or all layers', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_1', 'Filters');
  const filters = inspector.getByRole('img', { name: /^Filters, from/ });
  const rangeOf = async () => numberIn((await filters.getAttribute('aria-label'))!.replace(/.* to /, ''));
  const layer = await rangeOf();
  const choose = (name: string) =>
    inspector.getByRole('radiogroup', { name: 'Range of the colours' }).getByText(name, { exact: true }).click();
  await choose('All layers');
  await expect.poll(rangeOf).toBeGreaterThanOrEqual(layer);
  const largest = await page.evaluate(async () => {
    const weights = Object.values(await window.playground.getWeights());
    return Math.max(...weights.flatMap((tensors) => Object.values(tensors).flatMap(({ data }) => Array.from(data, Math.abs))));
  });
  expect((await rangeOf()) / largest).toBeCloseTo(1, 1);
  await choose('Unit');
  await expect(inspector).toContainText('+own max');
});

test('dense weights are shown as images where the input was one, and as the largest contributions', async ({ page }) => {
  const inspector = await inspect(page, 'dense_1', 'Weights');
  await expect(inspector.getByRole('img', { name: /^Weights, from/ })).toBeVisible();
  await inspector.getByRole('tab', { name: 'One unit' }).click();
  await expect(inspector.getByRole('img', { name: /^Weights of unit 0, from/ })).toBeVisible();
  await expect(inspector.getByRole('listitem')).toHaveCount(13);
  await expectSumShown(inspector);
});

test('a layer that is switched off while it is looked at says so', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    await window.playground.setModel({
      version: 1,
      name: 'An activation first',
      input: [28, 28, 1],
      layers: [{ kind: 'activation', activation: 'tanh' }, { kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }],
    });
  });
  const inspector = await openLayer(page, 'activation_1', 'Feature maps');
  await expectSumShown(inspector);
  await layer(page, 'activation_1').hover();
  await layer(page, 'activation_1')
    .getByRole('button', { name: /^Switch off/ })
    .click();
  await expect(inspector).toContainText('This layer is switched off');
  await expect(page.getByText('could not be shown')).toHaveCount(0);
});

test('images of several channels: one picture with the receptive field, and every filter with its weights', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    const images = Uint8Array.from({ length: 40 * 16 * 16 * 3 }, (_, i) => (i * 37) % 256);
    const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 4);
    await window.playground.setDataset({ height: 16, width: 16, channels: 3, classes: 4, images, labels });
    // As many filters as they have rows.
    await window.playground.setModel({
      version: 1,
      name: 'In colour',
      input: [16, 16, 3],
      layers: [{ kind: 'conv2d', filters: 3, kernelSize: [3, 3] }, { kind: 'flatten' }, { kind: 'dense', units: 4 }],
    });
  });
  const inspector = await openLayer(page, 'conv2d_1', 'Feature maps');
  const field = inspector.getByRole('img', { name: /^Receptive field: 9 pixels/ });
  const chosen = inspector.getByRole('img', { name: /^Chosen image, a \d/ });
  const [over, under] = [(await field.boundingBox())!, (await chosen.boundingBox())!];
  expect([over.width, over.height]).toEqual([under.width, under.height]);
  expect(under.height).toBeLessThanOrEqual(64);
  await inspector.getByRole('tab', { name: 'One filter' }).click();
  await expect(inspector.getByRole('img', { name: /^Weights of unit 0, from/ })).toBeVisible();
});

test('the kernels that ran and the formula are one click away', async ({ page }) => {
  const inspector = await inspect(page, 'conv2d_1', 'Kernels');
  await expect(inspector.getByRole('group', { name: 'Formula forward' })).toContainText('y = φ(z)');
  await expect(inspector.getByRole('group', { name: 'Formula backward' })).toContainText('∂L/∂W');
  await expect(inspector.getByRole('link', { name: /Dumoulin/ })).toHaveAttribute('href', /arxiv\.org/);
  const kernels = inspector.getByRole('region', { name: 'Kernels' });
  await kernels.getByRole('button', { name: /^forward/ }).click();
  const source = kernels.getByRole('region', { name: /^Source of/ });
  const entry = source.locator('[data-entry]');
  await expect(entry).toContainText(/fn \w+\(/);
  // The box has scrolled to it by itself; here only the page has to.
  await source.scrollIntoViewIfNeeded();
  await expect(entry).toBeInViewport();
  const copy = kernels.getByRole('button', { name: 'Copy source' });
  await kernels.getByRole('button', { name: /^forward/ }).hover();
  await expect(page.getByRole('tooltip', { name: 'Closes the source' })).toBeVisible();
  await page.keyboard.press('Shift');
  await copy.focus();
  await expect(page.getByRole('tooltip', { name: 'Puts the whole file into the clipboard' })).toBeVisible();
  for (const phase of ['backward', 'update'])
    await expect(kernels.getByRole('button', { name: new RegExp(`^${phase}`) }).first()).toBeVisible();
});

/** A small network, one of its layers selected, and one part of the inspector open. */
async function inspect(page: Page, id: string, tab: string): Promise<Locator> {
  await openReadyPage(page);
  await stackTwoConvolutions(page);
  return openLayer(page, id, tab);
}

async function stackTwoConvolutions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.playground.setModel({
      version: 1,
      name: 'Two convolutions',
      input: [28, 28, 1],
      layers: [
        { kind: 'conv2d', filters: 4, activation: 'relu' },
        { kind: 'maxPool2d' },
        { kind: 'conv2d', filters: 6, activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
    });
  });
}

async function openLayer(page: Page, id: string, tab: string): Promise<Locator> {
  await panel(page, 'Network')
    .getByRole('button', { name: `Inspect ${id}` })
    .click();
  const inspector = panel(page, 'Inspector');
  await inspector.getByRole('tab', { name: tab }).click();
  return inspector;
}

const placeShown = (inspector: Locator) =>
  inspector.getByRole('region', { name: 'How this number came about' }).getByRole('heading').textContent();

/** A number as the page writes it. */
const numberIn = (text: string) => Number(text.replaceAll('−', '-').match(/-?[\d.]+(e-?\d+)?/)![0]);

const shownOutput = async (inspector: Locator) => numberIn((await inspector.getByTestId('product-output').textContent())!);

/** The arithmetic on the page ends in the number that the network itself computed. */
async function expectSumShown(inspector: Locator): Promise<void> {
  await expect(inspector.getByTestId('product')).toBeVisible({ timeout: 60_000 });
  const words = (await inspector.getByTestId('product').textContent())!;
  const y = numberIn(words.slice(words.lastIndexOf('=') + 1));
  const output = await shownOutput(inspector);
  expect(Math.abs(y - output), words).toBeLessThan(1e-5 * Math.max(1, Math.abs(output)));
}

/** The pixel under the cursor, the image with its receptive field and the line of arithmetic are in the viewport, and nothing lies over them. */
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
