import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf } from '../../model/shape';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { parseModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import { ReferenceNetwork } from '../network';
import { float32 } from '../numbers';
import { relativeError, tfjsBackward, useTfjs } from '../tfjs.test-helper';

interface Case {
  input: [number, number, number];
  layers: object[];
  /** See `Mode`; true if left out. */
  training?: boolean;
}

/**
 * Small networks for the layers that no preset has; each ends with a dense layer of three units.
 */
const cases: Case[] = [
  { input: [7, 8, 3], layers: [{ kind: 'depthwiseConv2d', depthMultiplier: 2, padding: 'same', activation: 'relu' }] },
  {
    input: [9, 6, 5],
    layers: [{ kind: 'depthwiseConv2d', kernelSize: [2, 4], strides: [2, 2], padding: 'same', activation: 'gelu' }],
  },
  {
    input: [8, 9, 2],
    layers: [{ kind: 'depthwiseConv2d', kernelSize: [3, 2], strides: [3, 3], depthMultiplier: 3, useBias: false }],
  },
  {
    input: [7, 8, 4],
    layers: [{ kind: 'depthwiseConv2d', kernelSize: [3, 2], dilationRate: [2, 3], depthMultiplier: 2 }],
  },
  {
    input: [6, 5, 3],
    layers: [{ kind: 'depthwiseConv2d', kernelSize: [2, 3], dilationRate: [3, 2], padding: 'same' }],
  },
  {
    // Separable convolutions, as in MobileNet.
    input: [9, 8, 3],
    layers: [
      { kind: 'conv2d', filters: 6, strides: [2, 2], padding: 'same', activation: 'relu' },
      { kind: 'depthwiseConv2d', padding: 'same', activation: 'relu' },
      { kind: 'conv2d', filters: 9, kernelSize: [1, 1], activation: 'relu' },
      { kind: 'globalAveragePooling2d' },
    ],
  },
  {
    input: [9, 11, 3],
    layers: [{ kind: 'conv2d', filters: 5, kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same' }],
  },
  { input: [8, 9, 2], layers: [{ kind: 'conv2d', filters: 4, dilationRate: [3, 1], activation: 'leakyRelu' }] },
  { input: [7, 6, 3], layers: [{ kind: 'averagePooling2d' }] },
  { input: [7, 6, 3], layers: [{ kind: 'averagePooling2d', poolSize: [3, 2], strides: [1, 2], padding: 'same' }] },
  { input: [3, 4, 2], layers: [{ kind: 'averagePooling2d', poolSize: [5, 3], strides: [2, 1], padding: 'same' }] },
  {
    input: [4, 3, 5],
    layers: [
      {
        kind: 'zeroPadding2d',
        padding: [
          [0, 3],
          [2, 1],
        ],
      },
      { kind: 'conv2d', filters: 4 },
    ],
  },
  {
    input: [3, 4, 6],
    layers: [
      { kind: 'reshape', targetShape: [6, -1, 3] },
      { kind: 'conv2d', filters: 4 },
    ],
  },
  {
    input: [4, 4, 1],
    layers: [{ kind: 'flatten' }, { kind: 'dense', units: 12 }, { kind: 'reshape', targetShape: [2, 3, 2] }],
  },
  ...[true, false].flatMap((training): Case[] => [
    { input: [5, 7, 3], layers: [{ kind: 'batchNormalization' }], training },
    {
      input: [6, 5, 2],
      layers: [
        { kind: 'conv2d', filters: 5, useBias: false },
        { kind: 'batchNormalization', scale: false, epsilon: 0.01 },
        { kind: 'activation', activation: 'relu' },
        { kind: 'dropout', rate: 0.3 },
        { kind: 'conv2d', filters: 4, kernelSize: [2, 1], useBias: false },
        { kind: 'batchNormalization', center: false },
      ],
      training,
    },
  ]),
];

const ending = [{ kind: 'flatten' }, { kind: 'dense', units: 3, activation: 'softmax' }];

beforeAll(useTfjs);

describe.each(cases)('$layers on $input against TensorFlow.js', ({ input, layers, training = true }) => {
  const model = resolveModel(parseModelSpec({ input, layers: [...layers, ...ending] }));
  it.each([1, 7, 33])('outputs, loss, dX and gradients of all tensors at batch %i', (batch) => {
    const { images, labels, weights } = sample(model, batch);
    const mode = { training, seed: 1, step: 1 };
    const expected = tfjsBackward(model, weights, images, labels, mode);
    const network = new ReferenceNetwork(model, float32);
    network.setWeights(weights);
    network.mode = mode;
    const { loss } = network.backward(images, labels, batch, true);
    expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-4);
    network.layers.forEach(({ layer, output, gradients }, l) => {
      const dX = l === 0 ? network.inputGradient : network.layers[l - 1]!.nextInputGradient;
      expect(relativeError(output, expected.layers[l]!.output), `${layer.id} output`).toBeLessThan(1e-4);
      expect(relativeError(dX, expected.layers[l]!.input), `${layer.id} dX`).toBeLessThan(1e-4);
      for (const { name } of layer.weights.filter(isTrainable)) {
        expect(relativeError(gradients[name]!, expected.layers[l]![name]!), `${layer.id} ${name}`).toBeLessThan(1e-4);
      }
    });
  });
});

/**
 * Normally distributed images. Every tensor of the layers is a little off its initial value, so
 * none is all zeros or ones.
 */
function sample(model: ResolvedModel, batch: number) {
  const random = createRandom(batch, model.parameters);
  const images = new Float32Array(batch * sizeOf(model.spec.input)).map(() => random.normal());
  const labels = new Uint8Array(batch).map(() => random.integer(model.classes));
  const weights = initialWeights(model, 3);
  for (const tensors of Object.values(weights)) {
    for (const { data } of Object.values(tensors))
      data.forEach((value, i) => (data[i] = value + 0.1 * random.normal()));
  }
  return { images, labels, weights };
}

describe('averagePooling2d', () => {
  it('gives the numbers of tf.avgPool where windows stick out', () => {
    const layer = { kind: 'averagePooling2d', poolSize: [3, 2], strides: [2, 1], padding: 'same' };
    const model = resolveModel(parseModelSpec({ input: [6, 5, 3], layers: [layer, ...ending] }));
    const { images } = sample(model, 2);
    const network = new ReferenceNetwork(model, float32);
    network.forward(images, 2);
    const expected = tf.avgPool(tf.tensor4d(images, [2, 6, 5, 3]), [3, 2], [2, 1], 'same').dataSync();
    expect(relativeError(network.layers[0]!.output, expected)).toBeLessThan(1e-6);
  });
});
