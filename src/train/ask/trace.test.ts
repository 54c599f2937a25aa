import { describe, expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../model/spec';
import { resolveModel } from '../../model/resolve';
import { ReferenceNetwork } from '../../reference/network';
import { float64 } from '../../reference/numbers';
import type { Weights } from '../../model/initialize';
import {
  createReadySession,
  createTestSession,
  stripes,
  tinyModel,
  tinySettings,
} from '../session/session.test-helper';
import { statsOf } from './trace-stats';

/** A bare dense layer on images of two pixels: everything can be worked out by hand. */
const handModel: ModelSpec = {
  version: 1,
  name: 'hand',
  input: [1, 2, 1],
  layers: [createLayer('flatten'), createLayer('dense', { units: 2, activation: 'softmax' })],
};

describe('statistics of a tensor', () => {
  it('are those of all its values', () => {
    const stats = statsOf(Float32Array.of(-1, 0, 0, 3));
    expect(stats).toMatchObject({ min: -1, max: 3, mean: 0.5, zeros: 0.5, notFinite: 0 });
    expect(stats.norm).toBeCloseTo(Math.sqrt(10), 12);
    expect(stats.std).toBeCloseTo(Math.sqrt((2.25 + 0.25 + 0.25 + 6.25) / 4), 12);
  });

  it('count what is not finite apart, and let the norm say so', () => {
    expect(statsOf(Float32Array.of(1, NaN, 3))).toMatchObject({
      min: 1,
      max: 3,
      mean: 2,
      std: 1,
      norm: NaN,
      notFinite: 1,
    });
    expect(statsOf(Float32Array.of(-Infinity, 2))).toMatchObject({ min: 2, max: 2, norm: Infinity, notFinite: 1 });
    expect(statsOf(Float32Array.of(NaN))).toMatchObject({ min: NaN, mean: NaN, std: NaN, notFinite: 1 });
  });

  it('do not lose a small spread around a large mean', () => {
    expect(statsOf(Float32Array.of(10_000, 10_000.5)).std).toBeCloseTo(0.25, 6);
  });
});

describe('a traced batch', () => {
  it('has the numbers that follow by hand', async () => {
    const { request } = createTestSession();
    await request('start', { backend: 'cpu' });
    await request('configure', { settings: { ...tinySettings, batchSize: 2, validationSplit: 0 } });
    const images = Uint8Array.of(255, 0, 0, 255);
    const labels = Uint8Array.of(0, 1);
    const shape = { height: 1, width: 2, channels: 1, classes: 2 };
    await request('setDataset', { dataset: { ...shape, images, labels, testImages: images, testLabels: labels } });
    await request('setModel', { model: handModel });
    const weight = { shape: [2, 2], data: Float32Array.of(1, 0, 0, 2) };
    await request('setWeights', { weights: { dense_1: { weight, bias: { shape: [2], data: new Float32Array(2) } } } });
    const trace = await request('trace', {});
    // z = x W: the image of class 0 gets (1, 0), that of class 1 gets (0, 2).
    const [p0, p1] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-2))];
    const first = trace.labels[0];
    const right = first === 0 ? [p0, p1] : [p1, p0];
    trace.losses.forEach((loss, i) => expect(loss).toBeCloseTo(-Math.log(right[i]!), 6));
    expect(trace.loss).toBeCloseTo((-Math.log(p0) - Math.log(p1)) / 2, 6);
    expect(trace.accuracy).toBe(1);
    expect(trace.probabilities.data[first!]).toBeCloseTo(right[0]!, 6);
    // dL/dz = (p - y) / n, and dL/dW = xᵀ dL/dz with x a unit vector for each image.
    const gradient = trace.layers[1]!.weights[0]!.gradient!;
    [p0 - 1, 1 - p0, 1 - p1, p1 - 1].forEach((value, i) => expect(gradient.data[i]).toBeCloseTo(value / 2, 6));
    const logits = trace.layers[1]!.outputGradient.data;
    const expected = first === 0 ? (p0 - 1) / 2 : (1 - p1) / 2;
    expect(logits[0]).toBeCloseTo(expected, 6);
  });

  it('agrees with the reference network in float64, skip connection included', async () => {
    const model: ModelSpec = {
      ...tinyModel,
      layers: [
        createLayer('conv2d', { filters: 2, padding: 'same', activation: 'relu' }),
        createLayer('conv2d', { filters: 2, padding: 'same', activation: 'tanh' }),
        createLayer('add', { from: 'conv2d_1' }),
        createLayer('flatten'),
        createLayer('dense', { units: 3, activation: 'softmax' }),
      ],
    };
    const { request } = await createReadySession();
    await request('setModel', { model });
    const weights = await request('getWeights', {});
    const trace = await request('trace', {});
    const network = reference(model, weights);
    // The trace shows all examples of the batch, so the test can give the same batch to the
    // reference.
    expect(trace.labels).toHaveLength(8);
    const { loss } = network.backward(Float64Array.from(trace.images.data), trace.labels, 8, true);
    expect(trace.loss).toBeCloseTo(loss, 6);
    trace.layers.forEach((layer, l) => {
      const state = network.layers[l];
      expectClose(layer.output.data, state!.output);
      expectClose(layer.outputGradient.data, state!.outputGradient);
      for (const { name, gradient } of layer.weights) expectClose(gradient!.data, state!.gradients[name]!);
    });
    // Where the branches split, the layer receives the sum of the gradients of both branches.
    const [, second, add] = trace.layers;
    const sum = second!.inputGradient.data.map((value, i) => value + add!.inputGradient.data[i]!);
    expectClose(trace.layers[0]!.outputGradient.data, sum);
  });

  it('is the batch that the next step trains on, and leaves everything as it was', async () => {
    const [traced, plain] = await Promise.all([createReadySession(), createReadySession()]);
    const before = await traced.request('getWeights', {});
    const trace = await traced.request('trace', {});
    expect(await traced.request('trace', {})).toEqual(trace);
    expect(await traced.request('getWeights', {})).toEqual(before);
    const step = await traced.request('train', { steps: 1, collect: true });
    expect(step.loss[0]).toBeCloseTo(trace.loss, 6);
    expect(step).toMatchObject({ loss: (await plain.request('train', { steps: 1, collect: true })).loss });
  });

  it('drops out what the step that is trained next does', async () => {
    const layers = [
      createLayer('dropout', { rate: 0.5 }),
      ...tinyModel.layers.slice(0, 3),
      createLayer('dropout'),
      tinyModel.layers[3]!,
    ];
    const { request } = await createReadySession();
    await request('setModel', { model: { ...tinyModel, layers } });
    for (let step = 1; step <= 3; step++) {
      const trace = await request('trace', {});
      const { loss, gradientNorm, tensors } = await request('updateOnTrace', trace);
      expect([trace.step, trace.loss]).toEqual([step, loss]);
      expect(trace.gradientNorm).toBeCloseTo(gradientNorm, 12);
      const foretold = new Map(
        trace.layers.flatMap(({ layer, weights }) => weights.map((one) => [`${layer} ${one.name}`, one.gradient!])),
      );
      for (const { layer, name, shape, entries } of tensors) {
        const { data } = foretold.get(`${layer} ${name}`)!;
        for (const { place, gradient } of entries) {
          expect(data[place.reduce((at, index, d) => at * shape[d]! + index, 0)]).toBe(gradient);
        }
      }
    }
  });

  it('is refused in words while training, and where nothing can be trained', async () => {
    const { request } = await createReadySession();
    const training = request('train', {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(request('trace', {})).rejects.toThrow(/is training.*Pause it/);
    await request('pause', {});
    await training;
    const empty = createTestSession();
    await empty.request('start', { backend: 'cpu' });
    await empty.request('setModel', { model: tinyModel });
    await expect(empty.request('trace', {})).rejects.toThrow(/no images to train on/);
  });

  it('shows eight examples, or as many as the last batch of an epoch has', async () => {
    const { request } = await createReadySession();
    await request('configure', { settings: { ...tinySettings, batchSize: 16 } });
    expect((await request('trace', {})).images.shape).toEqual([8, 6, 6, 1]);
    await request('setDataset', { dataset: stripes(12, 3) });
    const trace = await request('trace', {});
    expect(trace.images.shape[0]).toBe(Math.min(8, trace.labels.length));
    expect(trace).toMatchObject({ step: 1, epoch: 0, stepsPerEpoch: 1 });
  });
});

function reference(spec: ModelSpec, weights: Weights) {
  const network = new ReferenceNetwork(resolveModel(spec), float64);
  network.setWeights(weights);
  network.mode = { training: true, seed: tinySettings.seed, step: 0 };
  return network;
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 5);
}
