import { layerNames, ON_CPU, openPage, openReadyPage, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { giveTinyData, openTiny, TINY_NETWORK } from '../parts/tiny.ts';

test('says what it runs on, and which networks and data it knows', async ({ page }) => {
  await openPage(page);
  const known = await page.evaluate(async () => {
    const { playground } = window;
    return {
      ready: await playground.ready,
      presets: playground.presets(),
      datasets: playground.datasets(),
      preset: playground.preset('lenet-5'),
    };
  });
  expect(Object.keys(known.ready)).toEqual(['backend', 'adapter']);
  expect(known.ready.backend).toBe('webgpu');
  expect(known.ready.adapter).toMatch(/swiftshader/i);
  expect(known.presets).toEqual([
    'flux-conv-mnist',
    'neural-fortran-cnn-mnist',
    'nn-from-scratch',
    'deepnet',
    'cpp-lenet',
    'lenet-5',
    'small-resnet',
    'depthwise-separable',
    'mlp',
    'logistic-regression',
  ]);
  expect(known.datasets).toEqual(expect.arrayContaining(['mnist', 'generated']));
  expect(known.preset).toMatchObject({ version: 1, name: 'LeNet-5', input: [28, 28, 1] });
  expect(known.preset.layers[0]).toEqual({
    kind: 'conv2d',
    filters: 6,
    kernelSize: [5, 5],
    strides: [1, 1],
    padding: 'same',
    useBias: true,
    activation: 'tanh',
    dilationRate: [1, 1],
    kernelInitializer: 'glorotUniform',
    kernelConstant: 0,
  });
});

test('sets network and data, by name, by specification and from arrays; the page shows them', async ({ page }) => {
  await openPage(page);
  expect(await page.evaluate(() => window.playground.setDataset('generated'))).toEqual({
    train: 9_000,
    validation: 1_000,
    test: 2_000,
  });
  const fortran = await page.evaluate(() => window.playground.setModel('neural-fortran-cnn-mnist'));
  expect(fortran.parameters).toBe(80 + 1_168 + 4_010);
  expect(await giveTinyData(page)).toEqual({ train: 36, validation: 4, test: 10 });
  expect(await page.evaluate((network) => window.playground.setModel(network), TINY_NETWORK)).toEqual({
    layers: [
      { id: 'conv2d_1', kind: 'conv2d', outputShape: [6, 6, 4], parameters: 40 },
      { id: 'maxPool2d_1', kind: 'maxPool2d', outputShape: [3, 3, 4], parameters: 0 },
      { id: 'flatten_1', kind: 'flatten', outputShape: [36], parameters: 0 },
      { id: 'dense_1', kind: 'dense', outputShape: [3], parameters: 111 },
    ],
    parameters: 151,
  });
  expect(await layerNames(page)).toEqual([
    'conv2d_1 Conv2D',
    'maxPool2d_1 MaxPool2D',
    'flatten_1 Flatten',
    'dense_1 Dense',
  ]);
  await expect(page.getByRole('button', { name: /^Data: Custom/ })).toBeVisible();
});

test('trains with one entry per step, evaluates, and starts over', async ({ page }) => {
  await openTiny(page);
  const result = await page.evaluate(() => {
    window.playground.configure({ batchSize: 12, seed: 3, optimizer: { kind: 'sgd', learningRate: 0.1 } });
    return window.playground.train({ steps: 5 });
  });
  expect(result.steps).toBe(5);
  expect(result.examplesPerSecond).toBeGreaterThan(0);
  expect(Object.keys(result.gradientNorms)).toEqual(['conv2d_1', 'dense_1']);
  for (const series of [result.loss, result.accuracy, ...Object.values(result.gradientNorms)]) {
    expect(series).toHaveLength(5);
    for (const value of series) expect(value).toBeGreaterThanOrEqual(0);
  }
  await expect(run(page).step).toHaveText('5');
  expect((await page.evaluate(() => window.playground.train({ epochs: 2 }))).steps).toBe(6);
  await expect(run(page).step).toHaveText('11');

  for (const [split, images] of [
    ['train', 36],
    ['validation', 4],
    ['test', 10],
  ] as const) {
    const { loss, accuracy, confusion } = await page.evaluate((name) => window.playground.evaluate(name), split);
    expect(confusion.map((row) => row.length)).toEqual([3, 3, 3]);
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(images);
    expect(accuracy).toBeCloseTo([0, 1, 2].reduce((sum, i) => sum + confusion[i]![i]!, 0) / images, 6);
    expect(loss).toBeGreaterThan(0);
  }

  const [first, again] = await page.evaluate(async () => {
    const { playground } = window;
    await playground.reset();
    const before = await playground.getWeights();
    await playground.train({ steps: 3 });
    await playground.reset();
    return [before, await playground.getWeights()];
  });
  expect(again).toEqual(first);
  await expect(run(page).step).toHaveText('0');
});

test('pauses a training without end', async ({ page }) => {
  await openTiny(page);
  const { steps, losses } = await page.evaluate(async () => {
    const { playground } = window;
    const training = playground.train();
    await playground.train({ steps: 1 }).catch(() => undefined);
    const steps = document.querySelector('[data-testid="step"]');
    while (steps?.textContent === '0') await new Promise(requestAnimationFrame);
    await playground.pause();
    const result = await training;
    return { steps: result.steps, losses: result.loss.length };
  });
  expect(steps).toBeGreaterThan(0);
  expect(losses).toBe(steps);
  await expect(run(page).play).toBeVisible();
});

test('gives and takes weights, predicts, and goes backward with the weights unchanged', async ({ page }) => {
  await openTiny(page);
  const found = await page.evaluate(async () => {
    const { playground } = window;
    const images = Float32Array.from({ length: 2 * 64 }, (_, i) => (i % 7) / 7);
    const labels = Uint8Array.of(0, 2);
    const weights = await playground.getWeights();
    const before = await playground.predict(images);
    const { loss, logits, gradients } = await playground.backward({ images, labels });
    const untouched = await playground.getWeights();
    await playground.setWeights({ dense_1: { bias: { shape: [3], data: Float32Array.of(0, 5, 0) } } });
    const after = await playground.predict(images);
    const changed = await playground.getWeights();
    return {
      weights,
      untouched,
      changed,
      before: [...before],
      after: [...after],
      loss,
      logits: { ...logits, data: [...logits.data] },
      gradients,
    };
  });
  const shapes = (tensors: Record<string, { shape: readonly number[]; data: Float32Array } | undefined>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor!.shape]));
  const [conv, dense] = [
    { weight: [3, 3, 1, 4], bias: [4] },
    { weight: [36, 3], bias: [3] },
  ];
  expect(Object.keys(found.weights)).toEqual(['conv2d_1', 'dense_1']);
  expect(shapes(found.weights['conv2d_1']!)).toEqual(conv);
  expect(shapes(found.weights['dense_1']!)).toEqual(dense);
  expect(found.untouched).toEqual(found.weights);
  expect(found.changed['conv2d_1']).toEqual(found.weights['conv2d_1']);

  expect(found.before).toHaveLength(6);
  for (const image of [0, 1]) {
    const [a, b] = [found.before, found.after].map((probabilities) => probabilities.slice(3 * image, 3 * image + 3));
    expect(a!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(b![1]).toBeGreaterThan(0.9);
  }

  const { gradients, logits, loss, before } = found;
  expect(logits.shape).toEqual([2, 3]);
  expect(loss).toBeCloseTo(-(Math.log(before[0]!) + Math.log(before[5]!)) / 2, 4);
  expect(Object.fromEntries(Object.entries(gradients).map(([id, tensors]) => [id, shapes(tensors)]))).toEqual({
    conv2d_1: { input: [2, 8, 8, 1], ...conv },
    maxPool2d_1: { input: [2, 6, 6, 4] },
    flatten_1: { input: [2, 3, 3, 4] },
    dense_1: { input: [2, 36], ...dense },
  });
  // dL/db of the last layer is the mean of (probabilities - one-hot labels).
  const expected = [0, 1, 2].map(
    (unit) => (before[unit]! - Number(unit === 0) + before[3 + unit]! - Number(unit === 2)) / 2,
  );
  Object.values(gradients['dense_1']!.bias!.data).forEach((value, unit) =>
    expect(value).toBeCloseTo(expected[unit]!, 5),
  );
});

test('checks its gradients against finite differences', async ({ page }) => {
  await openTiny(page);
  const checks = await page.evaluate(() => window.playground.checkGradients());
  expect(checks.map(({ layer, tensor }) => `${layer} ${tensor}`)).toEqual(
    expect.arrayContaining(['conv2d_1 weight', 'conv2d_1 bias', 'dense_1 input', 'dense_1 weight', 'dense_1 bias']),
  );
  for (const { relativeError, compared } of checks.filter((check) => check.compared > 0)) {
    expect(compared).toBeGreaterThan(0);
    expect(relativeError).toBeLessThan(1e-2);
  }
});

test('times a network beside the one on the page', async ({ page }) => {
  await openTiny(page);
  const { timing, before, after } = await page.evaluate(async (model) => {
    const { playground } = window;
    const before = await playground.getWeights();
    const timing = await playground.benchmark({
      model,
      batchSize: 8,
      steps: 4,
      optimizer: { kind: 'sgd', learningRate: 0.1 },
    });
    return { timing, before, after: await playground.getWeights() };
  }, TINY_NETWORK);
  expect(Object.keys(timing).sort()).toEqual(['dispatchesPerStep', 'examplesPerSecond', 'msPerStep']);
  for (const value of Object.values(timing)) expect(value).toBeGreaterThan(0);
  expect(after).toEqual(before);
});

test('help() lists every call, and its examples run as they stand', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const text = await page.evaluate(() => window.playground.help());
  const calls = await page.evaluate(() => Object.keys(window.playground));
  for (const call of calls) expect(text).toMatch(new RegExp(`^playground\\.${call}\\b`, 'm'));
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  const examples = [...text.matchAll(/^playground\..*\n .*\n {4}(.*)$/gm)].map(([, example]) => example!);
  expect(examples).toHaveLength(calls.length);
  // In the order of the list, as somebody would try them.
  for (const example of examples) await page.evaluate(`(async () => ${example})().then(() => undefined)`);

  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: /^Numbers and scripts/ }).click();
  await expect(page.getByRole('dialog')).toContainText('checkGradients()');
});
