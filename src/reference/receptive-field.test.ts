import { describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { boundsOf, receptiveField } from '../model/explain/receptive-field';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { createLayer, type ModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { ReferenceNetwork } from './network';
import { float64 } from './numbers';

const end = [createLayer('flatten'), createLayer('dense', { units: 3, activation: 'softmax' })];
const network = (name: string, input: ModelSpec['input'], layers: ModelSpec['layers']) =>
  resolveModel({ version: 1, name, input, layers: [...layers, ...end] });

const cases: ResolvedModel[] = [
  network(
    'strides, padding and overlapping pools',
    [11, 13, 2],
    [
      createLayer('conv2d', { filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' }),
      createLayer('maxPool2d', { poolSize: [3, 3], strides: [1, 2], padding: 'same' }),
      createLayer('averagePooling2d', { poolSize: [2, 2] }),
    ],
  ),
  network(
    'dilation',
    [12, 12, 1],
    [
      createLayer('conv2d', { filters: 2, kernelSize: [3, 3], dilationRate: [2, 3] }),
      createLayer('conv2d', { filters: 2, kernelSize: [2, 2], padding: 'same' }),
    ],
  ),
  network(
    'skip connection',
    [9, 9, 1],
    [
      createLayer('conv2d', { filters: 2, kernelSize: [1, 1] }),
      createLayer('conv2d', { filters: 2, kernelSize: [3, 3], padding: 'same', dilationRate: [2, 2] }),
      createLayer('batchNormalization'),
      createLayer('activation'),
      createLayer('add', { from: 'conv2d_1' }),
      createLayer('conv2d', { filters: 2, kernelSize: [2, 1] }),
    ],
  ),
  network(
    'one channel alone',
    [8, 8, 2],
    [
      createLayer('zeroPadding2d', {
        padding: [
          [2, 0],
          [1, 3],
        ],
      }),
      createLayer('depthwiseConv2d', { kernelSize: [3, 3], depthMultiplier: 2 }),
      createLayer('dropout'),
      createLayer('reshape', { targetShape: [5, 8, 8] }),
      createLayer('globalAveragePooling2d'),
    ],
  ),
];

describe.each(cases)('receptive field: $spec.name', (model) => {
  it('is exactly the pixels that change the number', () => {
    const oracle = perturbed(model);
    model.layers.forEach(({ id, outputShape }, l) => {
      for (const element of sampled(outputShape.reduce((product, n) => product * n, 1))) {
        expect([...receptiveField(model.layers, l, element)], `${id} [${element}]`).toEqual(oracle(l, element));
      }
    });
  });
});

it('has a rectangle around it', () => {
  const [model] = cases;
  expect(boundsOf(receptiveField(model!.layers, 0, 0), 13)).toEqual({ top: 0, left: 0, height: 2, width: 2 });
  expect(boundsOf(new Uint8Array(12), 4)).toBeNull();
});

/**
 * Changes one pixel after the other, in all its channels, and notes which outputs change. The
 * weights are positive, so nothing cancels out.
 */
function perturbed(model: ResolvedModel): (layer: number, element: number) => number[] {
  const weights = initialWeights(model, 1);
  for (const layer of Object.values(weights))
    for (const { data } of Object.values(layer)) data.forEach((w, i) => (data[i] = Math.abs(w) + 0.01));
  const [height, width, channels] = model.spec.input;
  const random = createRandom(3);
  const image = Float64Array.from({ length: height * width * channels }, () => random.uniform());
  const outputsOf = (input: Float64Array) => {
    const reference = new ReferenceNetwork(model, float64);
    reference.setWeights(weights);
    reference.forward(input, 1);
    return reference.layers.map(({ output }) => output.slice());
  };
  const before = outputsOf(image);
  const after = Array.from({ length: height * width }, (_, pixel) =>
    outputsOf(image.map((value, i) => (Math.floor(i / channels) === pixel ? value + 1e4 : value))),
  );
  return (l, element) => after.map((outputs) => Number(outputs[l]![element] !== before[l]![element]));
}

/** A few dozen places, including the first and the last. */
const sampled = (count: number) => [
  ...new Set(Array.from({ length: 40 }, (_, i) => Math.round((i * (count - 1)) / 39))),
];
