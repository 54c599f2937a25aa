import { customDataset } from '../../data/custom';
import type { Dataset } from '../../data/dataset';
import { resolveModel } from '../../model/resolve';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import type { Network, StepRequest } from '../engine';

/**
 * A small network with every kind of kernel in it: odd channel counts, a skip connection, random
 * and stateful layers.
 */
export const manyKinds = resolveModel(
  parseModelSpec({
    version: 1,
    name: 'many kinds',
    input: [11, 9, 3],
    layers: [
      { kind: 'conv2d', filters: 13, padding: 'same', activation: 'relu' },
      { kind: 'maxPool2d', poolSize: [3, 3], strides: [1, 1] },
      { kind: 'batchNormalization' },
      { kind: 'depthwiseConv2d', padding: 'same', activation: 'tanh' },
      { kind: 'activation', activation: 'gelu' },
      { kind: 'add', from: 'batchNormalization_1' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'zeroPadding2d' },
      { kind: 'averagePooling2d' },
      { kind: 'maxPool2d', padding: 'same' },
      { kind: 'conv2d', filters: 17, kernelSize: [1, 1], activation: 'silu' },
      { kind: 'globalAveragePooling2d' },
      { kind: 'dense', units: 30, activation: 'sigmoid' },
      { kind: 'batchNormalization' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  }),
);

/** 40 images for `manyKinds`. In batches of 16 the last batch of an epoch has 8 images. */
export function manyKindsData(): Dataset {
  const random = createRandom(4);
  const images = Uint8Array.from({ length: 40 * 11 * 9 * 3 }, () => random.integer(256));
  const labels = Uint8Array.from({ length: 40 }, () => random.integer(3));
  return customDataset({
    height: 11,
    width: 9,
    channels: 3,
    classes: 3,
    images,
    labels,
    testImages: images,
    testLabels: labels,
  });
}

export const order = Uint32Array.from({ length: 40 }, (_, i) => (i * 7) % 40);

export const settings = { ...DEFAULT_SETTINGS, batchSize: 16, seed: 5 };

export function stepRequests(from: number, to: number): StepRequest[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const offset = ((from + i - 1) % 3) * 16;
    return { step: from + i, offset, count: Math.min(16, 40 - offset), learningRate: 3e-3 };
  });
}

/** Asks a network every possible question. */
export async function askEverything(network: Network) {
  const random = createRandom(6);
  const images = Float32Array.from({ length: 5 * 11 * 9 * 3 }, () => random.uniform());
  return {
    forward: await network.forward(images),
    backward: await network.backward(images, Uint8Array.of(0, 1, 2, 1, 0), true),
    logits: await network.evaluate('test', order),
    weights: await network.getWeights(),
    gradients: await network.getGradients(),
  };
}
