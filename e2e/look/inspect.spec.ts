import type { Locator, Page } from '@playwright/test';
import { layer, ON_CPU, openReadyPage, panel } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a layer shows its filters, their gradients, and what it answers to a digit', async ({ page }) => {
  await openReadyPage(page);
  await stackSmallNetwork(page);
  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  const inspector = panel(page, 'Inspector');
  await expect(inspector).toContainText('28×28×1 → 13×13×4');
  await expect(inspector).toContainText('40 parameters');
  const filters = inspector.getByRole('region', { name: 'Filters' });
  await expectPainted(filters.getByRole('img', { name: /^Filters, from/ }));
  await expect(
    filters.getByRole('img', { name: /^Filters: from .* to .*, mean .*, standard deviation/ }),
  ).toBeVisible();
  await expect(filters).toContainText('After the next training step, the gradient is shown here.');

  await page.evaluate(() => window.playground.train({ steps: 3 }));
  await expectPainted(filters.getByRole('img', { name: /^Gradient of the filters, from/ }));
  await expect(filters.getByRole('img', { name: /^Gradient of the filters: from .* to/ })).toBeVisible();
  const biases = inspector.getByRole('region', { name: 'Biases' });
  await expect(biases.getByRole('img', { name: /^Biases: 0: .* 3: / })).toBeVisible();
  await expect(biases.getByRole('img', { name: /^Gradient of the biases: 0: .* 3: / })).toBeVisible();

  await inspector.getByRole('tab', { name: 'Feature maps' }).click();
  const response = inspector.getByRole('region', { name: 'Response to one image' });
  await expectPainted(inspector.getByRole('img', { name: /^Chosen image, a \d/ }));
  await expectPainted(response.getByRole('img', { name: /^Activations, from/ }));
  await expectPainted(response.getByRole('img', { name: /^Gradient of the loss by the output, from/ }));
  await expectPainted(response.getByRole('img', { name: /^Input of the layer, from/ }));
  await expectPainted(response.getByRole('img', { name: /^Gradient of the loss by the input, from/ }));
});

test('another digit, another layer: the inspector follows', async ({ page }) => {
  await openReadyPage(page);
  await stackSmallNetwork(page);
  await layer(page, 'dense_1').getByRole('button', { name: 'Dense dense_1' }).click();
  // Closes the parameters; the layer stays in the inspector.
  await page.keyboard.press('Escape');
  const inspector = panel(page, 'Inspector');
  await expect(inspector).toContainText('676 → 10');
  await expectPainted(inspector.getByRole('region', { name: 'Weights' }).getByRole('img', { name: /^Weights, from/ }));
  await inspector.getByRole('tab', { name: 'Outputs' }).click();
  const logits = inspector.getByRole('img', { name: /^Logits/ });
  const first = await logits.getAttribute('aria-label');
  await expect(inspector).toContainText(/1 of [\d.,k]+, label \d/);
  await inspector.getByRole('button', { name: 'Next image' }).click();
  await expect(inspector).toContainText(/2 of [\d.,k]+, label \d/);
  await expect(logits).not.toHaveAttribute('aria-label', first!);
  // dL/d(logits) is softmax minus one at the true class, so its numbers add up to 0.
  const gradient = await inspector
    .getByRole('img', { name: /^Gradient of the loss by the output: 0: / })
    .getAttribute('aria-label');
  const values = [...gradient!.matchAll(/\d: (−?)([\d.e-]+)/g)].map(
    ([, sign, value]) => Number(value) * (sign ? -1 : 1),
  );
  expect(values).toHaveLength(10);
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0))).toBeLessThan(0.01);

  await page.keyboard.press('Escape');
  await expect(inspector).toContainText('Click a layer to look inside');
});

test('a dense layer that reads an image shows it as one, and its gradient', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('mlp'));
  await panel(page, 'Network').getByRole('button', { name: 'Inspect dense_1' }).click();
  const inspector = panel(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Outputs' }).click();
  for (const name of [/^Input of the layer, from/, /^Gradient of the loss by the input, from/]) {
    const size = await inspector
      .getByRole('img', { name })
      .evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.height);
    expect(size).toBe(1);
  }
});

test('parts and choices of the inspector say what they mean, to the keyboard too', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  const inspector = panel(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Kernels' }).hover();
  // Finds tooltips by their words: that of the element the pointer has just left may still be
  // there.
  await expect(page.getByRole('tooltip', { name: 'The formula of the layer' })).toBeVisible();
  await inspector.getByRole('tab', { name: 'Filters' }).click();
  await page.mouse.move(0, 0);
  await inspector.getByRole('radio', { name: 'Layer', exact: true }).press('ArrowLeft');
  await expect(page.getByRole('tooltip', { name: 'the largest value of each filter or channel' })).toBeVisible();
});

test('the network view shows what every layer answers, and its gradient once it trains', async ({ page }) => {
  await openReadyPage(page);
  await stackSmallNetwork(page);
  const network = panel(page, 'Network');
  await expectPainted(network.getByRole('img', { name: 'Output of the input' }));
  await expectPainted(network.getByRole('img', { name: 'Output of conv2d_1' }));
  await expectPainted(network.getByRole('img', { name: 'Output of dense_1' }));
  await expect(page.getByTestId('gradient-conv2d_1')).toHaveText('–');
  const norms = await page.evaluate(async () => (await window.playground.train({ steps: 2 })).gradientNorms);
  for (const id of ['conv2d_1', 'dense_1']) {
    const shown = page.getByTestId(`gradient-${id}`);
    // Waits for the numbers of the last step: those of the step before may be drawn first.
    await expect.poll(async () => Number(await shown.innerText()) / norms[id]![1]!).toBeCloseTo(1, 1);
  }
});

async function stackSmallNetwork(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.playground.setModel({
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
    });
  });
}

/** Expects a canvas with more than one colour. */
async function expectPainted(canvas: Locator): Promise<void> {
  await expect(canvas).toBeVisible();
  await expect
    .poll(() =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    )
    .toBeGreaterThan(1);
}
