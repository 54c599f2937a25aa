import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../data/custom';
import type { Dataset } from '../data/dataset';
import { initialWeights, type Weights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import type { Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { createCpuEngine } from './cpu/cpu-engine';

/** 40 training images of 9 x 7 x 2: the last batch of an epoch of 7 has 5 of them. */
const COUNT = 40;
const BATCH = 7;
const model = resolveModel(
  parseModelSpec({
    name: 'normalized and dropped',
    input: [9, 7, 2],
    layers: [
      { kind: 'conv2d', filters: 5, useBias: false },
      { kind: 'batchNormalization', momentum: 0.9 },
      { kind: 'activation', activation: 'relu' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'flatten' },
      { kind: 'dense', units: 9, useBias: false },
      { kind: 'batchNormalization', momentum: 0.8, scale: false },
      { kind: 'activation', activation: 'tanh' },
      { kind: 'dropout', rate: 0.1 },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  }),
);
const weights = initialWeights(model, 9);
const order = Uint32Array.from({ length: COUNT }, (_, i) => (i * 7) % COUNT);
const settings = changeSettings(DEFAULT_SETTINGS, {
  batchSize: BATCH,
  optimizer: { kind: 'momentum', learningRate: 0.02 },
});

function dataset(): Dataset {
  const random = createRandom(4);
  const images = Uint8Array.from({ length: COUNT * 9 * 7 * 2 }, () => random.integer(256));
  const labels = Uint8Array.from({ length: COUNT }, () => random.integer(3));
  return customDataset({
    height: 9,
    width: 7,
    channels: 2,
    classes: 3,
    images,
    labels,
    testImages: images,
    testLabels: labels,
  });
}

/** Steps `from` to `to` of an order of 40 in batches of 7: every sixth is smaller. */
const requests = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const offset = ((from + i - 1) % 6) * BATCH;
    return { step: from + i, offset, count: Math.min(BATCH, COUNT - offset), learningRate: 0.02 };
  });

async function train(engine: Engine, steps: number, chunk = steps) {
  const network = await engine.createNetwork(model, weights, settings);
  network.setOrder(order);
  const results = [];
  for (let at = 1; at <= steps; at += chunk)
    results.push(...(await network.trainSteps(requests(at, Math.min(steps, at + chunk - 1)))));
  return { network, results, after: await network.getWeights(), logits: await network.evaluate('test', order) };
}

function expectSame(ours: Weights, theirs: Weights, tolerance: number) {
  for (const [layer, tensors] of Object.entries(theirs)) {
    expect(Object.keys(ours[layer]!)).toEqual(Object.keys(tensors));
    for (const name of Object.keys(tensors) as (keyof typeof tensors)[]) {
      expect(relativeError(ours[layer]![name]!.data, tensors[name]!.data), `${layer} ${name}`).toBeLessThan(tolerance);
    }
  }
}

let gpu: Engine;
const cpu = createCpuEngine();
beforeAll(async () => {
  gpu = await createGpuEngine(navigator.gpu);
  await gpu.setDataset(dataset());
  await cpu.setDataset(dataset());
});
afterAll(() => gpu.dispose());

describe('training with batch normalization and dropout, in WGSL against the reference', () => {
  it('20 steps, some on a smaller batch: losses, norms, weights, averages, and the evaluation after them', async () => {
    const [ours, theirs] = [await train(gpu, 20), await train(cpu, 20)];
    expect(ours.network.normSlots).toEqual(theirs.network.normSlots);
    ours.results.forEach((result, i) => {
      expect(result.halted).toBe(false);
      expect(result.loss, `loss of step ${i + 1}`).toBeCloseTo(theirs.results[i]!.loss, 4);
      expect(relativeError(result.norms, theirs.results[i]!.norms), `norms of step ${i + 1}`).toBeLessThan(1e-3);
    });
    expectSame(ours.after, theirs.after, 1e-3);
    expect(relativeError(ours.logits, theirs.logits)).toBeLessThan(1e-3);
    const averages = ours.after.batchNormalization_1;
    expect(averages!.movingMean!.data.some((value) => Math.abs(value) > 1e-2)).toBe(true);
    expect(averages!.movingVariance!.data.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('gives the same bits again, however the steps are cut into submits', async () => {
    const [whole, cut] = [await train(gpu, 20), await train(gpu, 20, 3)];
    expect(cut.results).toEqual(whole.results);
    expect(cut.after).toEqual(whole.after);
  });

  it('a running average is that of the batch after one step without momentum', async () => {
    const spec = {
      ...model.spec,
      layers: [{ kind: 'batchNormalization', momentum: 0 }, ...model.spec.layers.slice(4)],
    };
    const forgetful = resolveModel(parseModelSpec(spec));
    const network = await gpu.createNetwork(forgetful, initialWeights(forgetful, 1), settings);
    network.setOrder(order);
    // The last batch of the epoch: 5 images in 7 rows.
    await network.trainSteps(requests(6, 6));
    const { movingMean, movingVariance } = (await network.getWeights()).batchNormalization_1!;
    const { train: images } = dataset();
    for (const channel of [0, 1]) {
      const pixels = [...order.slice(35)].flatMap((row) =>
        [...images.images.subarray(row * 126, (row + 1) * 126)].map((byte) => byte / 255),
      );
      const own = pixels.filter((_, i) => i % 2 === channel);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length;
      expect(movingMean!.data[channel]).toBeCloseTo(mean, 6);
      expect(movingVariance!.data[channel]).toBeCloseTo(variance, 6);
    }
  });
});

describe.each(['webgpu', 'cpu'])('a step that is not finite, on %s', (backend) => {
  it('leaves the running averages alone', async () => {
    const network = await (backend === 'cpu' ? cpu : gpu).createNetwork(model, weights, settings);
    network.setOrder(order);
    await network.trainSteps(requests(1, 2));
    const spoiled = await network.getWeights();
    spoiled.dense_2!.weight!.data.fill(3e38);
    network.setWeights(spoiled);
    expect((await network.trainSteps(requests(3, 5))).map(({ halted }) => halted)).toEqual([true, true, true]);
    expect(await network.getWeights()).toEqual(spoiled);
  });

  it('is noticed where only the variance overflows', async () => {
    const network = await (backend === 'cpu' ? cpu : gpu).createNetwork(model, weights, settings);
    network.setOrder(order);
    const spoiled = structuredClone(weights);
    spoiled.conv2d_1!.weight!.data.forEach((value, i, data) => (data[i] = 1e25 * value));
    network.setWeights(spoiled);
    expect((await network.trainSteps(requests(1, 1)))[0]!.halted).toBe(true);
    expect(await network.getWeights()).toEqual(spoiled);
  });
});

describe('questions about given images', () => {
  const random = createRandom(8);
  const images = Float32Array.from({ length: 9 * 126 }, () => random.uniform());
  const labels = Uint8Array.from({ length: 9 }, () => random.integer(3));

  it('drop the very same values on both backends, and none in use', async () => {
    const dropped = model.layers.flatMap(({ spec }, l) => (spec.kind === 'dropout' ? [l] : []));
    const zeros = async (engine: Engine, training: boolean) => {
      const { outputs } = await (
        await engine.createNetwork(model, weights, settings)
      ).backward(images, labels, training);
      // Numbers that relu has already set to 0 say nothing about dropout.
      return dropped.map((l) =>
        Array.from(outputs[l]!.data, (value, i) => outputs[l - 1]!.data[i] !== 0 && value === 0),
      );
    };
    const ours = await zeros(gpu, true);
    expect(ours).toEqual(await zeros(cpu, true));
    expect(ours.every((layer) => layer.includes(true))).toBe(true);
    for (const engine of [gpu, cpu]) expect((await zeros(engine, false)).flat()).not.toContain(true);
  });

  it('have the loss and gradients of the step whose draws are asked for', async () => {
    const { train } = dataset();
    const rows = order.subarray(2 * BATCH, 3 * BATCH);
    const batch = Float32Array.from(
      { length: BATCH * 126 },
      (_, i) => train.images[rows[Math.floor(i / 126)]! * 126 + (i % 126)]! / 255,
    );
    const own = Uint8Array.from(rows, (row) => train.labels[row]!);
    for (const engine of [gpu, cpu]) {
      const network = await engine.createNetwork(model, weights, settings);
      network.setOrder(order);
      await network.trainSteps(requests(1, 2));
      const { loss, layers } = await network.backward(batch, own, true, 3);
      const other = await network.backward(batch, own, true);
      const [step] = await network.trainSteps(requests(3, 3));
      expect(loss / step!.loss).toBeCloseTo(1, 6);
      expect(other.loss / step!.loss).not.toBeCloseTo(1, 3);
      const gradients = await network.getGradients();
      model.layers.forEach(({ id }, l) => {
        const { weight } = gradients[id] ?? {};
        if (weight) expect(relativeError(layers[l]!.weight!.data, weight.data)).toBeLessThan(1e-5);
      });
    }
  });

  it('leave weights and running averages as they are', async () => {
    for (const engine of [gpu, cpu]) {
      const network = await engine.createNetwork(model, weights, settings);
      await network.backward(images, labels, true);
      await network.forward(images);
      expect(await network.getWeights()).toEqual(weights);
    }
  });

  it('are normalized soundly where the mean is a thousand times the deviation', async () => {
    const layers = [{ kind: 'batchNormalization', epsilon: 1e-6 }, { kind: 'flatten' }, { kind: 'dense', units: 3 }];
    const alone = resolveModel(parseModelSpec({ input: [9, 7, 2], layers }));
    const shifted = images.map((value, i) => value + (i % 2 === 0 ? 1000 : -300));
    const network = await gpu.createNetwork(alone, initialWeights(alone, 1), settings);
    const { data } = (await network.backward(shifted, labels, true)).outputs[0]!;
    for (const channel of [0, 1]) {
      const own = Array.from(shifted).filter((_, i) => i % 2 === channel);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length + 1e-6);
      const expected = own.map((value) => (value - mean) / deviation);
      const normalized = data.filter((_, i) => i % 2 === channel);
      expect(relativeError(normalized, expected)).toBeLessThan(1e-4);
    }
  });
});
