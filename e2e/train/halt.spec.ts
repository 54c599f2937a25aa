import { layerNames, openPage, panel, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { giveTinyData } from '../parts/tiny.ts';

test('stops at the first number that is not finite, names step and layer, and keeps the weights', async ({ page }) => {
  await openPage(page);
  await giveTinyData(page);
  const { result, kept } = await page.evaluate(async () => {
    const { playground } = window;
    // Two linear layers in a row, and a learning rate that no network survives: each layer makes
    // the gradient of the other larger.
    const dense = (units: number, activation: 'linear' | 'softmax') =>
      ({ kind: 'dense', units, useBias: true, activation }) as const;
    const layers = [{ kind: 'flatten' } as const, dense(4, 'linear'), dense(3, 'softmax')];
    await playground.setModel({ version: 1, name: 'Exploding', input: [8, 8, 1], layers });
    playground.configure({ batchSize: 12, optimizer: { kind: 'sgd', learningRate: 1e6 } });
    const result = await playground.train({ steps: 50 });
    return { result, kept: await playground.getWeights() };
  });
  const { halted, steps } = result;
  expect(halted?.step).toBe(steps + 1);
  expect(await layerNames(page)).toContainEqual(`${halted?.layer} Dense`);
  expect(result.loss).toHaveLength(steps);
  for (const value of result.loss) expect(Number.isFinite(value)).toBe(true);

  const banner = page.getByRole('alert').filter({ hasText: 'Stopped at step' });
  await expect(banner).toContainText(`Stopped at step ${steps + 1}, layer ${halted?.layer}.`);
  // Either may come first: a number that is not finite, or a norm that is not.
  await expect(banner).toContainText(/overflowed \(NaN or infinity\)|norm overflows float32/);
  await expect(banner).toContainText(/ower the learning rate/);
  await expect(panel(page, 'Charts').locator('[data-mark]').first()).toBeVisible();
  // Once the banner is dismissed, the page behind it is visible; the header still says what
  // happened.
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Problem: Not finite/ })).toBeVisible();
  for (const tensors of Object.values(kept))
    for (const tensor of Object.values(tensors))
      for (const value of tensor.data) expect(Number.isFinite(value)).toBe(true);

  // The weights are those of the last good step: the same run, stopped there, ends with the same
  // ones.
  const repeated = await page.evaluate(async (last) => {
    await window.playground.reset();
    if (last > 0) await window.playground.train({ steps: last });
    return window.playground.getWeights();
  }, steps);
  expect(repeated).toEqual(kept);
  await expect(banner).toHaveCount(0);

  // The network learns once the learning rate is sane.
  const sane = await page.evaluate(async () => {
    window.playground.configure({ optimizer: { learningRate: 0.1 } });
    await window.playground.reset();
    return window.playground.train({ steps: 30 });
  });
  expect(sane.loss.at(-1)!).toBeLessThan(sane.loss[0]!);
  await expect(run(page).step).toHaveText('30');
});

test('a gradient of which only the norm is too large is not called infinite', async ({ page }) => {
  await openPage(page);
  await giveTinyData(page);
  const result = await page.evaluate(async () => {
    const { playground } = window;
    // All outputs are 0. On the way back, dL/dz is added up and multiplied by 2e38: each number
    // remains below 3.4e38, their norm does not.
    const dense = (units: number, activation: 'linear' | 'softmax') =>
      ({ kind: 'dense', units, useBias: true, activation }) as const;
    const layers = [{ kind: 'flatten' } as const, dense(4, 'linear'), dense(4, 'linear'), dense(3, 'softmax')];
    await playground.setModel({ version: 1, name: 'Too large', input: [8, 8, 1], layers });
    playground.configure({ batchSize: 12, optimizer: { kind: 'sgd', learningRate: 0.1 } });
    const weights = await playground.getWeights();
    weights.dense_1!.weight!.data.fill(0);
    weights.dense_2!.weight!.data.fill(2e38);
    weights.dense_3!.weight!.data.forEach((_value, i, all) => (all[i] = i % 3 === 0 ? 1 : 0));
    await playground.setWeights(weights);
    return playground.train({ steps: 5 });
  });
  expect(result.halted?.step).toBe(1);
  const banner = page.getByRole('alert').filter({ hasText: 'Stopped at step' });
  await expect(banner).toContainText(/are finite, but so large .*their norm overflows float32/);
  await expect(banner).not.toContainText('NaN');
  await expect(banner).toContainText(/ower the learning rate/);
});
