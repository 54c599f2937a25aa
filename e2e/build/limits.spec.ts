import { enter, openSettings, settingsButton } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { giveTinyData, openTiny } from '../parts/tiny.ts';

test('a batch that cannot fit is refused, a button sets the largest that fits, and nothing trains meanwhile', async ({
  page,
}) => {
  await openTiny(page);
  // 8 x 8 x 1024 numbers per image: 4,096 images need more than the software adapter has in one
  // buffer.
  await page.evaluate(() =>
    window.playground.setModel({
      name: 'Wide',
      input: [8, 8, 1],
      layers: [
        { kind: 'conv2d', filters: 1024, kernelSize: [1, 1], activation: 'relu' },
        { kind: 'globalAveragePooling2d' },
        { kind: 'dense', units: 3, activation: 'softmax' },
      ],
    }),
  );
  const settings = settingsButton(page);
  await openSettings(page);
  await enter(page.getByRole('textbox', { name: 'Batch size' }), '4096');
  const remedy = page.getByRole('button', { name: /^Use batch [\d,]+$/ }).first();
  await expect(remedy).toBeVisible();
  const refused = await page.evaluate(() =>
    window.playground.train({ steps: 1 }).catch((error: Error) => error.message),
  );
  expect(refused).toMatch(/largest batch that fits/i);

  const largest = Number((await remedy.textContent())!.replaceAll(/\D/g, ''));
  expect(largest).toBeGreaterThan(1000);
  expect(largest).toBeLessThan(4096);
  await remedy.click();
  await expect(settings).toHaveAccessibleName(new RegExp(`batch ${largest}$`));
  await expect(remedy).toBeHidden();
  const { loss } = await page.evaluate(() => window.playground.train({ steps: 1 }));
  expect(loss).toHaveLength(1);
});

test('gradients as in training or as in use, where layers make a difference', async ({ page }) => {
  await openTiny(page);
  await giveTinyData(page);
  const found = await page.evaluate(async () => {
    const { playground } = window;
    await playground.setModel({
      name: 'Normalized',
      input: [8, 8, 1],
      layers: [
        { kind: 'conv2d', filters: 2, useBias: false },
        { kind: 'batchNormalization' },
        { kind: 'dropout', rate: 0.5 },
        { kind: 'flatten' },
        { kind: 'dense', units: 3, activation: 'softmax' },
      ],
    });
    const images = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 7) / 7);
    const labels = Uint8Array.of(0, 2, 1, 1);
    const [training, again, inUse] = [
      await playground.backward({ images, labels }),
      await playground.backward({ images, labels, training: true }),
      await playground.backward({ images, labels, training: false }),
    ];
    const probabilities = await playground.predict(images);
    const loss = labels.reduce((sum, label, i) => sum - Math.log(probabilities[3 * i + label]!) / labels.length, 0);
    const wrong = await playground
      .backward({ images, labels, training: 'yes' as unknown as boolean })
      .catch((error: Error) => error.message);
    const names = Object.keys((await playground.getWeights()).batchNormalization_1!);
    return {
      training: training.loss,
      again: again.loss,
      inUse: inUse.loss,
      loss,
      wrong,
      names,
      gradients: Object.keys(inUse.gradients),
    };
  });
  expect(found.again).toBe(found.training);
  expect(found.inUse).toBeCloseTo(found.loss, 4);
  expect(Math.abs(found.inUse - found.training)).toBeGreaterThan(1e-3);
  expect(found.wrong).toMatch(/training.*true or false/);
  expect(found.names).toEqual(['gamma', 'beta', 'movingMean', 'movingVariance']);
  expect(found.gradients).toContain('batchNormalization_1');
});
