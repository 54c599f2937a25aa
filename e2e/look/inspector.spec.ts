import { expectSumShown, inspect, numberIn, openLayer, shownOutput } from '../parts/inspector-parts.ts';
import { layer, ON_CPU, openReadyPage } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.setTimeout(180_000);

test('values are not called zero where none of them is finite', async ({ page }) => {
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
  for (const name of [
    'Weights of unit 2',
    'Gradient of the weights of unit 2',
    'Feature map 2',
    'Gradient of feature map 2',
  ]) {
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
    return Math.max(
      ...weights.flatMap((tensors) => Object.values(tensors).flatMap(({ data }) => Array.from(data, Math.abs))),
    );
  });
  expect((await rangeOf()) / largest).toBeCloseTo(1, 1);
  await choose('Unit');
  await expect(inspector).toContainText('+own max');
});

test('dense weights are shown as images where the input was one, and as the largest contributions', async ({
  page,
}) => {
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
      layers: [
        { kind: 'activation', activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
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

test('images of several channels: one picture with the receptive field, and every filter with its weights', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    const images = Uint8Array.from({ length: 40 * 16 * 16 * 3 }, (_, i) => (i * 37) % 256);
    const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 4);
    await window.playground.setDataset({ height: 16, width: 16, channels: 3, classes: 4, images, labels });
    // As many filters as a kernel has rows.
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
  // The box has scrolled to the entry point by itself; here only the page has to scroll.
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
