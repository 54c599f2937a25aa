import type { Page } from '@playwright/test';
import { layerNames } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { openTiny, TINY_NETWORK } from '../parts/tiny.ts';

/** The message that each wrong call must reject with: the place and the reason, in words. */
const COMPLAINTS: Record<string, RegExp> = {
  'preset that is not there': /no preset "resnet".*Known presets: flux-conv-mnist/,
  'model that is no model': /expects a model or the id of a preset, but got number/,
  'model of an unknown kind': /layer.*conv3d/,
  'model with an unknown field': /conv2d_1.*filtres/,
  'model with a wrong type': /conv2d_1, filters/,
  'model with an impossible shape': /conv2d_1, kernelSize/,
  'model without layers': /layers/,
  'data set that is not there': /no data set "cifar".*mnist, generated/,
  'data with too few bytes': /images: .*4 labels need/,
  'data with a label too large': /labels: label 3 is 7, but the classes are 0 to 2/,
  'setting that is not there': /learningrate/i,
  'setting out of range': /batchSize/,
  'optimizer that is not there': /optimizer/,
  'steps that are no number': /steps/,
  'steps and epochs': /steps or epochs, not both/,
  'split that is not there': /split|validation/,
  'images of a wrong length': /images: 65 numbers are not a whole number of images/,
  'images that are no numbers': /images: number 5 .* is NaN/,
  'images as an array': /images: expects images as a Float32Array/,
  'weights of an unknown layer': /dense_9: .*Layers with weights: conv2d_1, dense_1/,
  'weights of a wrong shape': /dense_1, bias: the shape is \[4\] but should be \[3\]/,
  'weights that are not finite': /dense_1, bias: number 1 is NaN/,
  'labels out of range': /labels: label 0 is 3, but the network has 3 classes/,
  'labels too few': /labels: there are 1 labels for 2 images/,
  'benchmark of nothing': /expects \{ model, batchSize, steps, optimizer \}/,
  'benchmark without steps': /steps/,
};

test('refuses bad input with a readable error and leaves everything as it was', async ({ page }) => {
  await openTiny(page);
  await page.evaluate(() => window.playground.train({ steps: 2 }));
  const before = await stateOf(page);
  const messages = await page.evaluate(callBadly, TINY_NETWORK);
  for (const [name, complaint] of Object.entries(COMPLAINTS)) expect.soft(messages[name], name).toMatch(complaint);
  expect(Object.keys(messages).sort()).toEqual(Object.keys(COMPLAINTS).sort());
  expect(await stateOf(page)).toEqual(before);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await page.evaluate(() => window.playground.train({ steps: 1 }))).steps).toBe(1);
});

/** Everything that a failed call could have changed. */
async function stateOf(page: Page) {
  return {
    layers: await layerNames(page),
    step: await page.getByTestId('step').innerText(),
    settings: await page.getByRole('button', { name: /^Training settings/ }).getAttribute('aria-label'),
    data: await page.getByRole('button', { name: /^Data: / }).getAttribute('aria-label'),
    weights: await page.evaluate(() => window.playground.getWeights()),
  };
}

/** Runs in the page: makes every wrong call and collects the messages. */
async function callBadly(tiny: typeof TINY_NETWORK): Promise<Record<string, string>> {
  const { playground } = window;
  const data = {
    height: 8,
    width: 8,
    channels: 1,
    classes: 3,
    images: new Uint8Array(4 * 64),
    labels: Uint8Array.of(0, 1, 2, 0),
  };
  const tensor = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
  const withFirst = (change: object) => ({
    ...tiny,
    layers: [{ ...tiny.layers[0], ...change }, ...tiny.layers.slice(1)],
  });
  // Scripts are not type-checked, so these calls pass values that the types forbid.
  const anything = (value: unknown) => value as never;
  const sgd = { kind: 'sgd', learningRate: 0.1 } as const;
  const calls: Record<string, () => unknown> = {
    'preset that is not there': () => playground.preset('resnet'),
    'model that is no model': () => playground.setModel(anything(7)),
    'model of an unknown kind': () => playground.setModel(anything(withFirst({ kind: 'conv3d' }))),
    'model with an unknown field': () => playground.setModel(anything(withFirst({ filtres: 3 }))),
    'model with a wrong type': () => playground.setModel(anything(withFirst({ filters: 'many' }))),
    'model with an impossible shape': () => playground.setModel(anything(withFirst({ kernelSize: [9, 9] }))),
    'model without layers': () => playground.setModel({ ...tiny, layers: [] }),
    'data set that is not there': () => playground.setDataset('cifar'),
    'data with too few bytes': () => playground.setDataset({ ...data, images: new Uint8Array(3 * 64) }),
    'data with a label too large': () => playground.setDataset({ ...data, labels: Uint8Array.of(0, 1, 2, 7) }),
    'setting that is not there': () => playground.configure(anything({ learningRate: 0.1 })),
    'setting out of range': () => playground.configure({ batchSize: 0 }),
    'optimizer that is not there': () => playground.configure({ optimizer: { kind: anything('lion') } }),
    'steps that are no number': () => playground.train({ steps: anything('ten') }),
    'steps and epochs': () => playground.train({ steps: 1, epochs: 1 }),
    'split that is not there': () => playground.evaluate(anything('all')),
    'images of a wrong length': () => playground.predict(new Float32Array(65)),
    'images that are no numbers': () => playground.predict(new Float32Array(64).fill(NaN, 5)),
    'images as an array': () => playground.predict(anything(Array(64).fill(0))),
    'weights of an unknown layer': () => playground.setWeights({ dense_9: { bias: tensor(0, 0, 0) } }),
    'weights of a wrong shape': () => playground.setWeights({ dense_1: { bias: tensor(0, 0, 0, 0) } }),
    'weights that are not finite': () => playground.setWeights({ dense_1: { bias: tensor(0, NaN, 0) } }),
    'labels out of range': () => playground.backward({ images: new Float32Array(64), labels: Uint8Array.of(3) }),
    'labels too few': () => playground.backward({ images: new Float32Array(128), labels: Uint8Array.of(1) }),
    'benchmark of nothing': () => playground.benchmark(anything(undefined)),
    'benchmark without steps': () => playground.benchmark({ model: tiny, batchSize: 4, steps: 0, optimizer: sgd }),
  };
  const messages: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) {
    try {
      await call();
      messages[name] = 'not refused';
    } catch (error) {
      messages[name] = error instanceof Error ? error.message : `not an Error: ${String(error)}`;
    }
  }
  return messages;
}
