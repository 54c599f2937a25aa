import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../data/custom';
import type { Dataset } from '../data/dataset';
import { initialWeights, type Weights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import type { OptimizerChange, OptimizerKind, OptimizerSettings } from '../model/optimizers';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import type { Engine, StepResult } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import type { AdapterKind } from './webgpu/tuning';
import { createCpuEngine } from './cpu/cpu-engine';

/** 40 training images of 9 x 7 x 2: the last batch of an epoch of 7 has 5 of them. */
const COUNT = 40;
const BATCH = 7;
const model = resolveModel(
  parseModelSpec({
    version: 1,
    name: 'small',
    input: [9, 7, 2],
    layers: [
      { kind: 'conv2d', filters: 5, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
      { kind: 'maxPool2d', poolSize: [2, 2] },
      { kind: 'flatten' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  }),
);
const weights = initialWeights(model, 9);
const order = Uint32Array.from({ length: COUNT }, (_, i) => (i * 7) % COUNT);

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

type Extra = Partial<Pick<TrainSettings, 'l2' | 'globalClipnorm'>>;
const settings = (optimizer: OptimizerChange, extra: Extra = {}) =>
  changeSettings(DEFAULT_SETTINGS, { batchSize: BATCH, validationSplit: 0, optimizer, ...extra });
/**
 * Replaces defaults that do not suit 20 steps of this problem, because the rates are too small to
 * change anything, or the decay is too small to notice.
 */
const CHANGED: Record<OptimizerKind, object> = {
  sgd: { learningRate: 0.1 },
  momentum: { learningRate: 0.05 },
  nesterov: { learningRate: 0.05 },
  rmsprop: { learningRate: 0.01 },
  adagrad: { learningRate: 0.05 },
  adam: { learningRate: 0.01 },
  adamw: { learningRate: 0.01, weightDecay: 1 },
};
const adam: OptimizerSettings = { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Steps `from` to `to` of an order of 40 in batches of 7: every sixth is smaller. */
const requests = (from: number, to: number, learningRate: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const offset = ((from + i - 1) % 6) * BATCH;
    return { step: from + i, offset, count: Math.min(BATCH, COUNT - offset), learningRate };
  });

const KINDS = Object.entries(CHANGED).map(
  ([kind, change]) => settings({ kind: kind as OptimizerKind, ...change }).optimizer,
);

async function train(engine: Engine, optimizer: OptimizerSettings, steps: number, chunk = steps, extra: Extra = {}) {
  const network = await engine.createNetwork(model, weights, settings(optimizer, extra));
  network.setOrder(order);
  const chunks: Promise<StepResult[]>[] = [];
  for (let at = 1; at <= steps; at += chunk) {
    chunks.push(network.trainSteps(requests(at, Math.min(steps, at + chunk - 1), optimizer.learningRate)));
  }
  const results = (await Promise.all(chunks)).flat();
  const after = await network.getWeights();
  const gradients = await network.getGradients();
  return { network, results, after, gradients };
}

function expectSame(ours: Weights, theirs: Weights, tolerance: number) {
  for (const [layer, tensors] of Object.entries(theirs)) {
    for (const name of ['weight', 'bias'] as const) {
      expect(relativeError(ours[layer]![name]!.data, tensors[name]!.data), `${layer} ${name}`).toBeLessThan(tolerance);
    }
  }
}

type Trained = Awaited<ReturnType<typeof train>>;

function expectSameRun(ours: Trained, theirs: Trained) {
  ours.results.forEach((result, i) => {
    expect(result.step).toBe(i + 1);
    expect(result.loss).toBeCloseTo(theirs.results[i]!.loss, 4);
    expect(result.accuracy).toBeCloseTo(theirs.results[i]!.accuracy, 6);
    expect(relativeError(result.norms, theirs.results[i]!.norms)).toBeLessThan(1e-3);
    expect(result.halted).toBe(false);
  });
  expectSame(ours.after, theirs.after, 1e-3);
  expectSame(ours.gradients, theirs.gradients, 1e-2);
}

let gpu: Engine;
const cpu = createCpuEngine();
beforeAll(() => cpu.setDataset(dataset()));

/** Opens the engine for a group of tests. @param tuneFor if left out, the kind of the adapter */
function useGpu(tuneFor?: AdapterKind): void {
  beforeAll(async () => {
    gpu = await createGpuEngine(navigator.gpu, { tuneFor });
    await gpu.setDataset(dataset());
  });
  afterAll(() => gpu.dispose());
}

describe.each([undefined, 'hardware'] as const)('training in WGSL against the reference, tuned for: %s', (tuneFor) => {
  useGpu(tuneFor);

  it.each(KINDS)('20 steps of $kind: losses, accuracies, gradient norms, gradients and weights', async (optimizer) => {
    const [ours, theirs] = [await train(gpu, optimizer, 20), await train(cpu, optimizer, 20)];
    expect(ours.network.normSlots).toEqual(theirs.network.normSlots);
    expectSameRun(ours, theirs);
    expect(ours.results.at(-1)!.loss).toBeLessThan(ours.results[0]!.loss);
  });

  it.each<OptimizerSettings>([
    { ...adam, beta1: 0.999, beta2: 0.999999 },
    { ...adam, kind: 'adamw', beta2: 0.99999, weightDecay: 0.01 },
    { kind: 'rmsprop', learningRate: 1e-5, rho: 0.999999, epsilon: 1e-7 },
  ])('a beta so near to 1 that float32 would lose its digits: %o', async (optimizer) => {
    const [ours, theirs] = [await train(gpu, optimizer, 5), await train(cpu, optimizer, 5)];
    const moved = (after: Weights) => after.dense_1!.weight!.data.map((w, i) => w - weights.dense_1!.weight!.data[i]!);
    expect(relativeError(moved(ours.after), moved(theirs.after))).toBeLessThan(2e-4);
    for (const { network } of [ours, theirs]) network.dispose();
  });

  it.each(KINDS)('20 steps of $kind with L2 and gradients clipped by their global norm', async (optimizer) => {
    const extra = { l2: 0.02, globalClipnorm: 0.5 };
    const [ours, theirs] = [await train(gpu, optimizer, 20, 20, extra), await train(cpu, optimizer, 20, 20, extra)];
    expectSameRun(ours, theirs);
    // The reported norms are the norms before clipping. If none exceeded the limit, this would test
    // nothing.
    const { normSlots } = ours.network;
    const globalNorms = ours.results.map(({ norms }) =>
      Math.hypot(...norms.filter((_, slot) => normSlots[slot]!.tensor !== 'output')),
    );
    expect(Math.max(...globalNorms)).toBeGreaterThan(2 * extra.globalClipnorm);
    for (const change of [{ l2: 0 }, { globalClipnorm: 0 }]) {
      const without = await train(cpu, optimizer, 20, 20, { ...extra, ...change });
      expect(relativeError(ours.after.dense_1!.weight!.data, without.after.dense_1!.weight!.data)).toBeGreaterThan(
        2e-3,
      );
    }
  });

  it('the first step has the gradient norms of the reference to 1e-4', async () => {
    const [ours, theirs] = [await train(gpu, adam, 1), await train(cpu, adam, 1)];
    expect(relativeError(ours.results[0]!.norms, theirs.results[0]!.norms)).toBeLessThan(1e-4);
  });

  it('gives the same bits again, however the steps are cut into submits', async () => {
    const whole = await train(gpu, adam, 200);
    const cut = await train(gpu, adam, 200, 3);
    expect(cut.results.map(({ loss }) => loss)).toEqual(whole.results.map(({ loss }) => loss));
    expect(cut.after).toEqual(whole.after);
  });

  it('takes the order set last before each call, also while it is still being set up', async () => {
    const orders = [order, order.toReversed(), order.map((row) => (row + 11) % COUNT)];
    const losses = async (engine: Engine) => {
      const network = await engine.createNetwork(model, weights, settings(adam));
      // After a change of the data, the first step creates what training needs.
      await engine.setDataset(dataset());
      const steps = orders.map((one, i) => {
        network.setOrder(one);
        return network.trainSteps(requests(i + 1, i + 1, 0.01).map((step) => ({ ...step, offset: 0, count: BATCH })));
      });
      return (await Promise.all(steps)).flat().map(({ loss }) => loss);
    };
    expect(relativeError(await losses(gpu), await losses(cpu))).toBeLessThan(1e-4);
  });

  it('evaluates with the weights of the call, also in the middle of training', async () => {
    const { network, after } = await train(gpu, adam, 5);
    const shares: number[] = [];
    const before = network.evaluate('test', order, (share) => shares.push(share));
    const later = network.trainSteps(requests(6, 30, 0.01));
    const logits = await before;
    await later;
    const fresh = await cpu.createNetwork(model, after, settings(adam));
    expect(relativeError(logits, await fresh.evaluate('test', order))).toBeLessThan(1e-4);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('goes on with a new data set', async () => {
    const { network } = await train(gpu, adam, 2);
    await gpu.setDataset(dataset());
    const [result] = await network.trainSteps(requests(3, 3, 0.01));
    expect(result!.loss).toBeCloseTo((await train(cpu, adam, 3)).results[2]!.loss, 4);
  });
});

describe('a step that is not finite', () => {
  useGpu();

  it('is not applied, nor any later one, until new weights are set', async () => {
    const network = await gpu.createNetwork(model, weights, settings({ kind: 'sgd', learningRate: 1 }));
    network.setOrder(order);
    const good = await network.trainSteps(requests(1, 2, 0.01));
    const spoiled = await network.getWeights();
    spoiled.dense_1!.weight!.data[4] = 3e38;
    spoiled.dense_1!.weight!.data[7] = 3e38;
    network.setWeights(spoiled);
    const results = await network.trainSteps(requests(3, 6, 0.01));
    expect(good.map(({ halted }) => halted)).toEqual([false, false]);
    expect(results.map(({ halted }) => halted)).toEqual([true, true, true, true]);
    expect(Number.isFinite(results[0]!.loss)).toBe(false);
    expect(await network.getWeights()).toEqual(spoiled);
    network.setWeights(weights);
    expect((await network.trainSteps(requests(7, 7, 0.01)))[0]!.halted).toBe(false);
  });
});
