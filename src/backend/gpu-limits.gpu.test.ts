import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../data/custom';
import { PlaygroundError } from '../errors';
import { initialWeights } from '../model/initialize';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { DEFAULT_SETTINGS } from '../model/settings';
import { imageOf, type Shape } from '../model/shape';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import type { BackwardResult, Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { createCpuEngine } from './cpu/cpu-engine';

type Image = [height: number, width: number, channels: number];
const modelOf = (input: Image, layers: object[]) =>
  resolveModel(
    parseModelSpec({
      version: 1,
      name: 'limits',
      input,
      layers: [...layers, { kind: 'dense', units: 3, activation: 'softmax' }],
    }),
  );
const small = modelOf(
  [8, 8, 1],
  [{ kind: 'conv2d', filters: 5, activation: 'relu' }, { kind: 'maxPool2d' }, { kind: 'flatten' }],
);
const photo = modelOf(
  [224, 224, 3],
  [
    { kind: 'conv2d', filters: 8, kernelSize: [7, 7], strides: [2, 2], padding: 'same', activation: 'relu' },
    { kind: 'maxPool2d', poolSize: [3, 3], strides: [2, 2] },
    { kind: 'conv2d', filters: 17, padding: 'same', activation: 'relu' },
    { kind: 'globalAveragePooling2d' },
  ],
);

function batchOf(model: ResolvedModel, count: number) {
  const random = createRandom(8, count);
  const images = Float32Array.from({ length: count * model.spec.input.reduce((a, b) => a * b) }, () =>
    random.uniform(),
  );
  return { images, labels: Uint8Array.from({ length: count }, () => random.integer(3)) };
}

function datasetOf(input: Shape, count: number) {
  const [height, width, channels] = imageOf(input);
  const random = createRandom(9);
  const images = Uint8Array.from({ length: count * height * width * channels }, () => random.integer(256));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  return customDataset({ height, width, channels, classes: 3, images, labels, testImages: images, testLabels: labels });
}

async function backwardOn(engine: Engine, model: ResolvedModel, count: number): Promise<BackwardResult> {
  const network = await engine.createNetwork(model, initialWeights(model, 3), { ...DEFAULT_SETTINGS, batchSize: 1 });
  const { images, labels } = batchOf(model, count);
  const result = await network.backward(images, labels, true);
  network.dispose();
  return result;
}

function expectSame(ours: BackwardResult, theirs: BackwardResult) {
  expect(ours.loss).toBeCloseTo(theirs.loss, 4);
  ours.outputs.forEach(({ data }, l) =>
    expect(relativeError(data, theirs.outputs[l]!.data), `output ${l}`).toBeLessThan(1e-4),
  );
  ours.layers.forEach((layer, l) => {
    for (const [name, tensor] of Object.entries(theirs.layers[l]!)) {
      const error = relativeError(layer[name as 'weight']!.data, tensor.data);
      expect(error, `${name} gradient of layer ${l}`).toBeLessThan(1e-3);
    }
  });
}

/**
 * Losses and weights after some steps of one batch size, on all images of a data set in their
 * order.
 */
async function trainOn(engine: Engine, model: ResolvedModel, batchSize: number, counts: number[]) {
  const settings = { ...DEFAULT_SETTINGS, batchSize, optimizer: { kind: 'sgd', learningRate: 0.1 } as const };
  const network = await engine.createNetwork(model, initialWeights(model, 3), settings);
  network.setOrder(Uint32Array.from({ length: Math.max(...counts) }, (_, i) => i));
  const results = await network.trainSteps(
    counts.map((count, i) => ({ step: i + 1, offset: 0, count, learningRate: 0.1 })),
  );
  const [weights, logits] = [await network.getWeights(), await network.evaluate('test', Uint32Array.of(4, 0, 3))];
  network.dispose();
  return { losses: results.map(({ loss }) => loss), weights, logits };
}

let gpu: Engine;
const cpu = createCpuEngine();
beforeAll(async () => {
  gpu = await createGpuEngine(navigator.gpu);
});
afterAll(() => gpu.dispose());

describe('batches of all sizes', () => {
  it.each([1, 4095, 4096])('gradients of %d images at once', async (count) => {
    expectSame(await backwardOn(gpu, small, count), await backwardOn(cpu, small, count));
  });

  it('steps of 4,096 images, and the shorter last batch of an epoch', async () => {
    const dataset = datasetOf([8, 8, 1], 4096);
    await Promise.all([gpu.setDataset(dataset), cpu.setDataset(dataset)]);
    const [ours, theirs] = [
      await trainOn(gpu, small, 4096, [4096, 1, 777]),
      await trainOn(cpu, small, 4096, [4096, 1, 777]),
    ];
    expect(relativeError(ours.losses, theirs.losses)).toBeLessThan(1e-4);
    expect(relativeError(ours.weights.conv2d_1!.weight!.data, theirs.weights.conv2d_1!.weight!.data)).toBeLessThan(
      1e-4,
    );
    expect(relativeError(ours.logits, theirs.logits)).toBeLessThan(1e-4);
  });
});

describe('photographs of 224 x 224 x 3', () => {
  it('gradients of three', async () => {
    expectSame(await backwardOn(gpu, photo, 3), await backwardOn(cpu, photo, 3));
  });

  it('training and evaluation from a data set of them', async () => {
    const dataset = datasetOf([224, 224, 3], 5);
    await Promise.all([gpu.setDataset(dataset), cpu.setDataset(dataset)]);
    const [ours, theirs] = [await trainOn(gpu, photo, 4, [4, 1]), await trainOn(cpu, photo, 4, [4, 1])];
    expect(relativeError(ours.losses, theirs.losses)).toBeLessThan(1e-4);
    expect(relativeError(ours.weights.conv2d_1!.weight!.data, theirs.weights.conv2d_1!.weight!.data)).toBeLessThan(
      1e-4,
    );
    expect(relativeError(ours.logits, theirs.logits)).toBeLessThan(1e-4);
  });
});

// grid.gpu.test.ts of the runtime tests with small grids that the other kernels unfold their grids
// too.
describe('more workgroups than one dimension takes', () => {
  it('an activation and a pooling over 8.4 million numbers', async () => {
    const model = modelOf(
      [224, 224, 3],
      [{ kind: 'activation', activation: 'tanh' }, { kind: 'maxPool2d', poolSize: [32, 32] }, { kind: 'flatten' }],
    );
    // 65,536 workgroups of 32 invocations of 4 numbers each.
    expect(56 * 224 * 224 * 3).toBeGreaterThan(65535 * 32 * 4);
    expectSame(await backwardOn(gpu, model, 56), await backwardOn(cpu, model, 56));
  });
});

describe('what does not fit', () => {
  const pad = {
    kind: 'zeroPadding2d',
    padding: [
      [64, 64],
      [64, 64],
    ],
  };
  // 8 x 8 pixels become 392 x 392. The input is small, but each image takes 1.2 MB in the network.
  const padded = modelOf([8, 8, 1], [pad, pad, pad, { kind: 'maxPool2d', poolSize: [49, 49] }, { kind: 'flatten' }]);

  it('is refused in words, and the engine and its networks go on', async () => {
    let lost = '';
    void gpu.lost.then((reason) => (lost = reason));
    const network = await gpu.createNetwork(padded, initialWeights(padded, 1), { ...DEFAULT_SETTINGS, batchSize: 2 });
    const cost = gpu.estimate(padded, { ...DEFAULT_SETTINGS, batchSize: 4096 });
    expect(cost.largestBatch).toBeGreaterThan(1);
    expect(cost.largestBatch).toBeLessThan(4096);
    const refusal = await gpu
      .createNetwork(padded, initialWeights(padded, 1), { ...DEFAULT_SETTINGS, batchSize: 4096 })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PlaygroundError);
    expect((refusal as Error).message).toMatch(/at a batch size of 4,096 .* The largest batch that fits is [\d,]+\./);
    const { images, labels } = batchOf(padded, 4096);
    await expect(network.backward(images, labels, true)).rejects.toThrow(
      /gradients of 4096 images .* Give at most \d+ at a time/,
    );
    const one = await network.backward(images.subarray(0, 64), labels.subarray(0, 1), true);
    expect(one.loss).toBeGreaterThan(0);
    expect(lost).toBe('');
    network.dispose();
  });

  it('is sent through in groups where the images do not depend on each other', async () => {
    const [ours, theirs] = [gpu, cpu].map(async (engine) => {
      const network = await engine.createNetwork(padded, initialWeights(padded, 1), {
        ...DEFAULT_SETTINGS,
        batchSize: 1,
      });
      const { outputs } = await network.forward(batchOf(padded, 150).images);
      network.dispose();
      return outputs.at(-1)!.data;
    });
    expect(relativeError((await ours)!, (await theirs)!)).toBeLessThan(1e-4);
  });
});
