import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../at';
import { customDataset } from '../data/custom';
import { initialWeights, type Weights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { ReferenceNetwork } from '../reference/network';
import { float64 } from '../reference/numbers';
import { createCpuEngine } from './cpu/cpu-engine';
import type { Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';

const modelOf = (input: number[], layers: object[]) =>
  resolveModel(parseModelSpec({ name: 'norms', input, layers: [{ kind: 'flatten' }, ...layers] }));
const softmax = { kind: 'dense', units: 2, useBias: false, activation: 'softmax' };
/** One white image of one pixel, of class 0. */
const white = customDataset({
  ...{ height: 1, width: 1, channels: 1, classes: 2 },
  ...{ images: Uint8Array.of(255), labels: Uint8Array.of(0) },
  ...{ testImages: Uint8Array.of(255), testLabels: Uint8Array.of(0) },
});

/** The L2 norm in float64. */
const normOf = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0));

let engines: Record<string, Engine>;
beforeAll(async () => {
  engines = {
    webgpu: await createGpuEngine(navigator.gpu),
    'webgpu tuned for hardware': await createGpuEngine(navigator.gpu, { tuneFor: 'hardware' }),
    cpu: createCpuEngine(),
  };
});
afterAll(() => Object.values(engines).forEach((engine) => engine.dispose()));

/**
 * Does one step of SGD, with a learning rate of 1, on a network whose first dense layer gets the
 * gradient -v / 2: by its weights, by its biases and by its outputs. All other gradients are 0.
 */
async function stepWith(engine: Engine, v: number[], globalClipnorm = 0) {
  const model = modelOf([1, 1, 1], [{ kind: 'dense', units: v.length }, softmax]);
  const weights: Weights = {
    dense_1: {
      weight: { shape: [1, v.length], data: new Float32Array(v.length) },
      bias: { shape: [v.length], data: new Float32Array(v.length) },
    },
    // Its logits are 0, so dL/dz is -1/2 and 1/2.
    dense_2: { weight: { shape: [v.length, 2], data: Float32Array.from(v.flatMap((value) => [value, 0])) } },
  };
  const optimizer = { kind: 'sgd' as const, learningRate: 1 };
  const settings = changeSettings(DEFAULT_SETTINGS, { batchSize: 1, optimizer, globalClipnorm });
  await engine.setDataset(white);
  const network = await engine.createNetwork(model, weights, settings);
  network.setOrder(Uint32Array.of(0));
  const { norms, halted } = at(await network.trainSteps([{ step: 1, offset: 0, count: 1, learningRate: 1 }]), 0);
  const own = norms.filter((_, i) => at(network.normSlots, i).layer === 'dense_1');
  const after = (await network.getWeights()).dense_1!;
  network.dispose();
  return { norms: [...own], halted, moved: [...after.weight!.data, ...after.bias!.data] };
}

const MAGNITUDES = [1e-30, 1e-22, 1e-18, 1, 1e19, 1e25, 1e38];

describe.each(['webgpu', 'webgpu tuned for hardware', 'cpu'])('the norms of gradients on %s', (backend) => {
  /** Compares the three norms with float64, and says nothing where they agree. */
  async function check(v: number[]) {
    const { norms, halted } = await stepWith(engines[backend]!, v);
    const expected = normOf(Float32Array.from(v)) / 2;
    expect(halted).toBe(false);
    for (const norm of norms) expect(Math.abs(norm / expected - 1), `${norm} for ${expected}`).toBeLessThan(1e-6);
  }

  it('are right at every power of ten that float32 holds', async () => {
    for (let power = -37; power <= 38; power++) await check([1, -2, 2].map((value) => Number(`${value}e${power}`)));
  });

  it.each(MAGNITUDES)('are right for a single %d', async (magnitude) => check([magnitude]));

  it.each(MAGNITUDES)('are right for some of %d among 5,000 smaller ones and zeros', async (magnitude) => {
    const smaller = (i: number) => (i % 3 === 0 ? 0 : magnitude * 1e-4 * Math.sin(i));
    await check(Array.from({ length: 5000 }, (_, i) => (i % 900 === 123 ? magnitude : smaller(i))));
  });

  it('are right for all of these together, and without the larger ones', async () => {
    for (let count = 2; count <= MAGNITUDES.length; count++) await check([0, ...MAGNITUDES.slice(0, count), 0]);
  });

  it('of nothing but zeros are 0, which no limit changes', async () => {
    for (const limit of [0, 1]) {
      const { norms, halted, moved } = await stepWith(engines[backend]!, [0, 0, 0], limit);
      expect(norms).toEqual([0, 0, 0]);
      expect(halted).toBe(false);
      expect(moved.every((value) => value === 0)).toBe(true);
    }
  });

  it.each([
    [1e-30, 1e-31],
    [1e-22, 3e-23],
    [1e-12, 1e-30],
    [1, 1e-3],
    [1e19, 1],
    [1e25, 1e6],
    [1e30, 1e-6],
    [1e38, 1],
    [1e38, 1e-28],
    [1e-12, 1e-36],
    // The norm of each tensor is a float32, that of all together is not.
    [3e38, 1e-3],
  ])('are clipped from gradients near %d to %d', async (magnitude, limit) => {
    const v = [1, -0.5, 0.25, 0.9, 0, 1].map((share) => share * magnitude);
    const { halted, moved } = await stepWith(engines[backend]!, v, limit);
    expect(halted).toBe(false);
    const norm = normOf([...v, ...v].map((value) => value / 2));
    const expected = [...v, ...v].map((value) => ((value / 2) * limit) / norm);
    moved.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-6 * limit));
  });

  it('below the limit are left alone', async () => {
    for (const magnitude of [1e-30, 1e-18, 1e-3]) {
      const v = [magnitude, -magnitude];
      const [free, limited] = [await stepWith(engines[backend]!, v), await stepWith(engines[backend]!, v, 1)];
      expect(limited.moved).toEqual(free.moved);
      expect(limited.moved[0]! / (magnitude / 2)).toBeCloseTo(1, 6);
    }
  });

  it('that float32 cannot hold halt the run', async () => {
    const { norms, halted, moved } = await stepWith(engines[backend]!, Array<number>(9).fill(3e38));
    expect(norms).toEqual([Infinity, Infinity, Infinity]);
    expect(halted).toBe(true);
    expect(moved.every((value) => value === 0)).toBe(true);
  });

  // The reference adds up in float64, where the difference of the two is 0.
  const notNumber = backend === 'cpu' ? [] : ([['not a number', [1e30, -1e30], NaN]] as const);
  it.each([['infinite', [1e30, 1e30], Infinity] as const, ...notNumber])(
    'of gradients that are %s say so, and halt the run',
    async (_what, signs, expected) => {
      // The outputs are 0 and the loss is finite; 1.5e38 times 1e30 on the way back is not.
      const model = modelOf([1, 1, 1], [{ kind: 'dense', units: 3 }, { kind: 'dense', units: 2 }, softmax]);
      const weights = initialWeights(model, 1);
      for (const tensors of Object.values(weights)) for (const { data } of Object.values(tensors)) data.fill(0);
      weights.dense_2!.weight!.data.set([...signs, ...signs, ...signs]);
      weights.dense_3!.weight!.data.set([3e38, 0, 3e38, 0]);
      const engine = engines[backend]!;
      await engine.setDataset(white);
      const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: 1 });
      network.setOrder(Uint32Array.of(0));
      const results = await network.trainSteps([1, 2].map((step) => ({ step, offset: 0, count: 1, learningRate: 1 })));
      expect(results.map(({ halted }) => halted)).toEqual([true, true]);
      expect(results[0]!.loss).toBeCloseTo(Math.LN2, 6);
      network.normSlots.forEach(({ layer }, i) => {
        if (layer === 'dense_1') expect(results[0]!.norms[i]).toBe(expected);
      });
      expect(await network.getWeights()).toEqual(weights);
      network.dispose();
    },
  );

  it('of 34 layers of sigmoid are those of float64, down to the first', async () => {
    const layers = Array.from({ length: 34 }, () => ({ kind: 'dense', units: 6, activation: 'sigmoid' }));
    const model = modelOf([3, 3, 1], [...layers, { ...softmax, useBias: true }]);
    const weights = initialWeights(model, 4);
    const images = Uint8Array.from({ length: 4 * 9 }, (_, i) => (i * 89) % 256);
    const labels = Uint8Array.of(0, 1, 1, 0);
    const shape = { height: 3, width: 3, channels: 1, classes: 2 };
    const engine = engines[backend]!;
    await engine.setDataset(customDataset({ ...shape, images, labels, testImages: images, testLabels: labels }));
    const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: 4 });
    network.setOrder(Uint32Array.of(0, 1, 2, 3));
    const { norms, halted } = at(await network.trainSteps([{ step: 1, offset: 0, count: 4, learningRate: 0 }]), 0);
    const exact = new ReferenceNetwork(model, float64);
    exact.setWeights(weights);
    exact.backward(
      Float64Array.from(images, (byte) => byte / 255),
      labels,
      4,
    );
    const own = network.normSlots.map(({ layer: id, tensor }) => {
      const { gradients, outputGradient } = exact.layers.find(({ layer }) => layer.id === id)!;
      return normOf(tensor === 'output' ? outputGradient : gradients[tensor]!);
    });
    expect(halted).toBe(false);
    expect(own[0]).toBeLessThan(1e-18);
    norms.forEach((norm, i) => expect(norm / own[i]!, `norm ${i}, ${own[i]}`).toBeCloseTo(1, 3));
    network.dispose();
  });
});
