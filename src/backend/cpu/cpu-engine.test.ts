import { describe, expect, it } from 'vitest';
import { at } from '../../at';
import { customDataset } from '../../data/custom';
import type { Dataset, ImageSet } from '../../data/dataset';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import { createCpuEngine } from './cpu-engine';
import type { StepRequest } from '../engine';

const model = resolveModel(
  parseModelSpec({
    input: [8, 8, 1],
    layers: [
      { kind: 'conv2d', filters: 4, activation: 'relu' },
      { kind: 'maxPool2d' },
      { kind: 'flatten' },
      { kind: 'dense', units: 4, activation: 'softmax' },
    ],
  }),
);
const settings: TrainSettings = { ...DEFAULT_SETTINGS, optimizer: { kind: 'sgd', learningRate: 0.5 } };
const dataset = quadrants();
const order = Uint32Array.from({ length: 64 }, (_, i) => i);
const steps = (count: number, first = 1): StepRequest[] =>
  Array.from({ length: count }, (_, i) => ({
    step: first + i,
    offset: ((first - 1 + i) % 4) * 16,
    count: 16,
    learningRate: 0.5,
  }));

describe('CPU engine', () => {
  it('learns, and reports loss, accuracy and the norms of every slot', async () => {
    const network = await ready();
    const results = await network.trainSteps(steps(80));
    expect(results.map(({ step }) => step)).toEqual(steps(80).map(({ step }) => step));
    expect(results[0]!.loss).toBeGreaterThan(1);
    expect(results[79]!.loss).toBeLessThan(0.1);
    expect(results[79]!.accuracy).toBe(1);
    expect(network.normSlots.map(({ layer, tensor }) => `${layer} ${tensor}`)).toEqual([
      'conv2d_1 weight',
      'conv2d_1 bias',
      'conv2d_1 output',
      'maxPool2d_1 output',
      'flatten_1 output',
      'dense_1 weight',
      'dense_1 bias',
      'dense_1 output',
    ]);
    const { dense_1 } = await network.getGradients();
    expect(results[79]!.norms[5]).toBeCloseTo(Math.hypot(...dense_1!.weight!.data), 6);
  });

  it('takes a smaller last batch for what it is', async () => {
    const network = await ready();
    const [result] = await network.trainSteps([{ step: 1, offset: 61, count: 3, learningRate: 0 }]);
    const { loss } = await network.backward(pixels([61, 62, 63]), dataset.train.labels.slice(61), true);
    expect(result!.loss).toBeCloseTo(loss, 6);
  });

  it('is the same run with the same seed, however the steps are grouped', async () => {
    const [one, other] = [await ready(), await ready()];
    await one.trainSteps(steps(10));
    const calls = [other.trainSteps(steps(4)), other.trainSteps(steps(6, 5))];
    await Promise.all(calls);
    expect(await other.getWeights()).toEqual(await one.getWeights());
  });

  it('evaluates with the weights as of the call while training goes on', async () => {
    const network = await ready();
    const before = (await network.forward(pixels([3, 4]))).outputs.at(-1)!.data;
    const evaluation = network.evaluate('train', Uint32Array.of(3, 4));
    const training = network.trainSteps(steps(10));
    expect(await evaluation).toEqual(before);
    await training;
    expect(await network.evaluate('train', Uint32Array.of(3, 4))).not.toEqual(before);
  });

  it('adds 2 l2 w to the gradients of kernels alone, and leaves the loss as it was', async () => {
    const plain = await ready();
    const pulled = await ready({ ...settings, l2: 0.25 });
    const [[before], [after]] = [await plain.trainSteps(steps(1)), await pulled.trainSteps(steps(1))];
    expect(after!.loss).toBe(before!.loss);
    const [w, g, more] = [initialWeights(model, 1), await plain.getGradients(), await pulled.getGradients()];
    for (const id of ['conv2d_1', 'dense_1']) {
      expect(more[id]!.weight!.data).toEqual(g[id]!.weight!.data.map((x, i) => x + 0.5 * w[id]!.weight!.data[i]!));
      expect(more[id]!.bias!.data).toEqual(g[id]!.bias!.data);
    }
    expect(after!.norms[0]!).toBeCloseTo(Math.hypot(...more.conv2d_1!.weight!.data), 5);
  });

  it('scales all gradients down where their norm together is beyond the limit, and reports those before', async () => {
    const plain = await ready();
    const { norms, loss } = at(await plain.trainSteps(steps(1)), 0);
    const gradients = await plain.getGradients();
    const all = Object.values(gradients).flatMap(({ weight, bias }) => [...weight!.data, ...bias!.data]);
    const limit = Math.hypot(...all) / 4;
    const clipped = await ready({ ...settings, globalClipnorm: limit });
    const [result] = await clipped.trainSteps(steps(1));
    expect(result).toMatchObject({ loss, norms });
    expect(await clipped.getGradients()).toEqual(gradients);
    const [start, whole, quarter] = [initialWeights(model, 1), await plain.getWeights(), await clipped.getWeights()];
    for (const id of ['conv2d_1', 'dense_1'] as const) {
      quarter[id]!.weight!.data.forEach((now, i) => {
        const was = start[id]!.weight!.data[i];
        expect(now - was!).toBeCloseTo((whole[id]!.weight!.data[i]! - was!) / 4, 6);
      });
    }
    const untouched = await ready({ ...settings, globalClipnorm: 8 * limit });
    await untouched.trainSteps(steps(1));
    expect(await untouched.getWeights()).toEqual(whole);
  });

  it('lets messages through while it trains', async () => {
    const network = await ready();
    let done = false;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const training = network.trainSteps(steps(1500)).then(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(done).toBe(false);
    await training;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('halts at the first step that is not finite, keeps its weights, and goes on after setWeights', async () => {
    const network = await ready();
    await network.trainSteps(steps(2));
    const broken = await network.getWeights();
    broken.dense_1!.bias!.data[2] = Infinity;
    network.setWeights(broken);
    const results = await network.trainSteps(steps(2, 3));
    expect(results.map(({ halted }) => halted)).toEqual([true, true]);
    expect(results[0]!.loss).toBeNaN();
    expect(await network.getWeights()).toEqual(broken);
    network.setWeights(initialWeights(model, 1));
    expect((await network.trainSteps(steps(1)))[0]!.halted).toBe(false);
  });

  it('gives all gradients of given images without touching weights or the gradients of training', async () => {
    const network = await ready();
    await network.trainSteps(steps(1));
    const [weights, gradients] = [await network.getWeights(), await network.getGradients()];
    const result = await network.backward(pixels([0, 1, 2]), dataset.train.labels.slice(0, 3), true);
    expect(result.logits.shape).toEqual([3, 4]);
    expect(result.outputs.map(({ shape }) => shape)).toEqual([
      [3, 6, 6, 4],
      [3, 3, 3, 4],
      [3, 36],
      [3, 4],
    ]);
    expect(result.layers[0]!.input.shape).toEqual([3, 8, 8, 1]);
    expect(result.layers[3]!.weight!.shape).toEqual([36, 4]);
    expect(result.layers[1]!.input.data).toEqual(result.layers[0]!.output.data);
    expect(await network.getWeights()).toEqual(weights);
    expect(await network.getGradients()).toEqual(gradients);
  });

  it('says in words what is wrong', async () => {
    const empty = createCpuEngine();
    const network = await empty.createNetwork(model, initialWeights(model, 1), settings);
    network.setOrder(order);
    await expect(network.trainSteps(steps(1))).rejects.toThrow('Choose a data set first');
    await empty.setDataset({ ...dataset, height: 4, width: 16 });
    await expect(network.trainSteps(steps(1))).rejects.toThrow(
      'the images are 4 x 16 x 1, but the network takes 8 x 8 x 1',
    );
    await expect(network.forward(new Float32Array(65))).rejects.toThrow('not a whole number of 8 x 8 x 1 images');
    await expect(network.backward(pixels([0]), Uint8Array.of(4), true)).rejects.toThrow('the label of image 0 is 4');
    await empty.setDataset(dataset);
    expect(await network.trainSteps(steps(1))).toHaveLength(1);
  });
});

async function ready(chosen = settings) {
  const engine = createCpuEngine();
  await engine.setDataset(dataset);
  const network = await engine.createNetwork(model, initialWeights(model, 1), chosen);
  network.setOrder(order);
  return network;
}

function pixels(rows: number[]): Float32Array {
  return Float32Array.from(
    rows.flatMap((row) => [...dataset.train.images.slice(row * 64, row * 64 + 64)]),
    (byte) => byte / 255,
  );
}

/** Noise with a bright spot in one quarter of the image; the label says which. */
function quadrants(): Dataset {
  const random = createRandom(5);
  const set = (count: number): ImageSet => {
    const labels = Uint8Array.from({ length: count }, () => random.integer(4));
    const images = Uint8Array.from({ length: count * 64 }, (_, i) => {
      const label = labels[Math.floor(i / 64)];
      const [y, x] = [Math.floor((i % 64) / 8), i % 8];
      const inside = Math.floor(y / 4) === label! >> 1 && Math.floor(x / 4) === (label! & 1);
      return random.integer(60) + (inside ? 180 : 0);
    });
    return { images, labels };
  };
  const [train, test] = [set(64), set(16)];
  const held = { testImages: test.images, testLabels: test.labels };
  return customDataset({ height: 8, width: 8, channels: 1, classes: 4, ...train, ...held });
}
