import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import { DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError, tfjsBackward, useTfjs, type TfjsResult } from '../reference/tfjs.test-helper';
import type { BackwardResult, Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { createCpuEngine } from './cpu/cpu-engine';

const relu = { kind: 'activation', activation: 'relu' };
const convolution = (filters: number, stride = 1) => [
  { kind: 'conv2d', filters, padding: 'same', strides: [stride, stride], useBias: false },
  { kind: 'batchNormalization' },
];
const block = (filters: number, from: string) => [
  ...convolution(filters),
  relu,
  ...convolution(filters),
  { kind: 'add', from },
  relu,
];

/** He et al. 2015, small: two residual blocks with a convolution of stride 2 between them. */
const model = resolveModel(
  parseModelSpec({
    name: 'small ResNet',
    input: [10, 12, 3],
    layers: [
      ...convolution(6),
      relu,
      ...block(6, 'activation_1'),
      ...convolution(12, 2),
      relu,
      ...block(12, 'activation_4'),
      { kind: 'globalAveragePooling2d' },
      { kind: 'dense', units: 4, activation: 'softmax' },
    ],
  }),
);

let gpu: Engine;
beforeAll(async () => {
  await useTfjs();
  gpu = await createGpuEngine(navigator.gpu);
});
afterAll(() => gpu.dispose());

describe.each([true, false])('a small ResNet, training: %s', (training) => {
  it.each([1, 7, 33])('has the gradients of TensorFlow.js in WGSL and in the reference at batch %i', async (batch) => {
    const random = createRandom(batch);
    const images = Float32Array.from({ length: batch * 360 }, () => random.normal());
    const labels = Uint8Array.from({ length: batch }, () => random.integer(4));
    const weights = initialWeights(model, 3);
    for (const { gamma, beta, movingMean } of Object.values(weights)) {
      for (const tensor of [gamma, beta, movingMean])
        tensor?.data.forEach((value, i, data) => (data[i] = value + random.normal() / 5));
    }
    const theirs = tfjsBackward(model, weights, images, labels, { training, seed: 1, step: 0 });
    for (const engine of [gpu, createCpuEngine()]) {
      const network = await engine.createNetwork(model, weights, DEFAULT_SETTINGS);
      compare(await network.backward(images, labels, training), theirs, engine.adapter);
      network.dispose();
    }
  });
});

function compare(ours: BackwardResult, theirs: TfjsResult, adapter: string): void {
  expect(Math.abs(ours.loss - theirs.loss) / theirs.loss).toBeLessThan(1e-4);
  theirs.layers.forEach(({ output, ...gradients }, l) => {
    const { id } = model.layers[l]!;
    expect(relativeError(ours.outputs[l]!.data, output), `${adapter}: ${id} output`).toBeLessThan(1e-4);
    for (const name of Object.keys(gradients) as (keyof typeof gradients)[]) {
      expect(
        relativeError(ours.layers[l]![name]!.data, gradients[name]!),
        `${adapter}: ${id} dL/d${name}`,
      ).toBeLessThan(1e-4);
    }
  });
}
