import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../data/custom';
import type { Dataset } from '../data/dataset';
import { initialWeights, type Weights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import type { OptimizerSettings, TrainSettings } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import type { Engine, StepResult } from '../runtime/engine';
import { createGpuEngine } from '../runtime/gpu-engine';
import { createCpuEngine } from './cpu-engine';

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
  return customDataset({ height: 9, width: 7, channels: 2, classes: 3, images, labels, testImages: images, testLabels: labels });
}

const settings = (optimizer: OptimizerSettings): TrainSettings => ({ batchSize: BATCH, validationSplit: 0, seed: 1, optimizer });
const adam: OptimizerSettings = { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Steps `from` to `to` of an order of 40 in batches of 7: every sixth is smaller. */
const requests = (from: number, to: number, learningRate: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const offset = ((from + i - 1) % 6) * BATCH;
    return { step: from + i, offset, count: Math.min(BATCH, COUNT - offset), learningRate };
  });

async function train(engine: Engine, optimizer: OptimizerSettings, steps: number, chunk = steps) {
  const network = await engine.createNetwork(model, weights, settings(optimizer));
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
      expect(relativeError(ours[layer][name]!.data, tensors[name]!.data), `${layer} ${name}`).toBeLessThan(tolerance);
    }
  }
}

let gpu: Engine;
const cpu = createCpuEngine();
beforeAll(async () => {
  gpu = await createGpuEngine();
  await gpu.setDataset(dataset());
  await cpu.setDataset(dataset());
});
afterAll(() => gpu.dispose());

describe('training in WGSL against the reference', () => {
  it.each<OptimizerSettings>([{ kind: 'sgd', learningRate: 0.1 }, { kind: 'momentum', learningRate: 0.05, momentum: 0.9 }, adam])(
    '20 steps of $kind: losses, accuracies, gradient norms, gradients and weights',
    async (optimizer) => {
      const [ours, theirs] = [await train(gpu, optimizer, 20), await train(cpu, optimizer, 20)];
      expect(ours.network.normSlots).toEqual(theirs.network.normSlots);
      ours.results.forEach((result, i) => {
        expect(result.step).toBe(i + 1);
        expect(result.loss).toBeCloseTo(theirs.results[i].loss, 4);
        expect(result.accuracy).toBeCloseTo(theirs.results[i].accuracy, 6);
        expect(relativeError(result.norms, theirs.results[i].norms)).toBeLessThan(1e-3);
        expect(result.halted).toBe(false);
      });
      expect(ours.results.at(-1)!.loss).toBeLessThan(ours.results[0].loss);
      expectSame(ours.after, theirs.after, 1e-3);
      expectSame(ours.gradients, theirs.gradients, 1e-2);
    },
  );

  it('the first step has the gradient norms of the reference to 1e-4', async () => {
    const [ours, theirs] = [await train(gpu, adam, 1), await train(cpu, adam, 1)];
    expect(relativeError(ours.results[0].norms, theirs.results[0].norms)).toBeLessThan(1e-4);
  });

  it('gives the same bits again, however the steps are cut into submits', async () => {
    const whole = await train(gpu, adam, 200);
    const cut = await train(gpu, adam, 200, 3);
    expect(cut.results.map(({ loss }) => loss)).toEqual(whole.results.map(({ loss }) => loss));
    expect(cut.after).toEqual(whole.after);
  });

  it('evaluates with the weights of the call, also in the middle of training', async () => {
    const { network, after } = await train(gpu, adam, 5);
    const before = network.evaluate('test', order);
    const later = network.trainSteps(requests(6, 30, 0.01));
    const logits = await before;
    await later;
    const fresh = await cpu.createNetwork(model, after, settings(adam));
    expect(relativeError(logits, await fresh.evaluate('test', order))).toBeLessThan(1e-4);
  });

  it('goes on with a new data set', async () => {
    const { network } = await train(gpu, adam, 2);
    await gpu.setDataset(dataset());
    const [result] = await network.trainSteps(requests(3, 3, 0.01));
    expect(result.loss).toBeCloseTo((await train(cpu, adam, 3)).results[2].loss, 4);
  });
});

describe('a step that is not finite', () => {
  it('is not applied, nor any later one, until new weights are set', async () => {
    const network = await gpu.createNetwork(model, weights, settings({ kind: 'sgd', learningRate: 1 }));
    network.setOrder(order);
    const good = await network.trainSteps(requests(1, 2, 0.01));
    const spoiled = await network.getWeights();
    spoiled.dense_1.weight!.data[4] = 3e38;
    spoiled.dense_1.weight!.data[7] = 3e38;
    network.setWeights(spoiled);
    const results = await network.trainSteps(requests(3, 6, 0.01));
    expect(good.map(({ halted }) => halted)).toEqual([false, false]);
    expect(results.map(({ halted }) => halted)).toEqual([true, true, true, true]);
    expect(Number.isFinite(results[0].loss)).toBe(false);
    expect(await network.getWeights()).toEqual(spoiled);
    network.setWeights(weights);
    expect((await network.trainSteps(requests(7, 7, 0.01)))[0].halted).toBe(false);
  });
});
