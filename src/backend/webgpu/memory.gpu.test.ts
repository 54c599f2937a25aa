import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { parseModelSpec } from '../../model/spec';
import type { Engine } from '../engine';
import { createGpuEngine } from './gpu-engine';
import { bytesOf, watchBuffers } from './live-buffers.test-helper';
import { askEverything, manyKinds, manyKindsData, order, settings, stepRequests } from './many-kinds.test-helper';

let live: ReadonlyMap<GPUBuffer, number>;
const pipelines = { compiled: 0 };

beforeEach(() => {
  live = watchBuffers();
  const { createComputePipelineAsync } = GPUDevice.prototype;
  vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockImplementation(function (
    this: GPUDevice,
    descriptor,
  ) {
    pipelines.compiled++;
    return createComputePipelineAsync.call(this, descriptor);
  });
});
afterEach(() => vi.restoreAllMocks());

const usage = () => ({ buffers: live.size, bytes: bytesOf(live) });

async function settled() {
  // A buffer that is released while work is in flight is destroyed when that work ends.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return usage();
}

/** Five networks of different shapes, and batches of different sizes. */
const variants = Array.from({ length: 5 }, (_, i) =>
  resolveModel(
    parseModelSpec({
      version: 1,
      name: `variant ${i}`,
      input: [11, 9, 3],
      layers: [
        { kind: 'conv2d', filters: 3 + i },
        { kind: 'batchNormalization' },
        { kind: 'flatten' },
        { kind: 'dense', units: 3 },
      ],
    }),
  ),
);

async function rebuild(engine: Engine, i: number) {
  const model = i % 10 === 9 ? manyKinds : variants[i % variants.length];
  const network = await engine.createNetwork(model!, initialWeights(model!, i), {
    ...settings,
    batchSize: 1 + ((i * 7) % 33),
  });
  network.setOrder(order);
  await network.trainSteps(stepRequests(1, 2).map((step) => ({ ...step, count: 1 })));
  await askEverything(network);
  // Every other network is disposed in the middle of its work.
  const unfinished =
    i % 2
      ? [network.trainSteps(stepRequests(3, 4).map((step) => ({ ...step, count: 1 }))), network.evaluate('test', order)]
      : [];
  network.dispose();
  await Promise.allSettled(unfinished);
}

describe('GPU memory', () => {
  it('is what it was before, after 100 rebuilds with questions in between', async () => {
    const engine = await createGpuEngine(navigator.gpu);
    let lost = '';
    void engine.lost.then((reason) => (lost = reason));
    await engine.setDataset(manyKindsData());
    const before = await settled();
    for (let i = 0; i < 10; i++) await rebuild(engine, i);
    const compiled = pipelines.compiled;
    for (let i = 10; i < 100; i++) await rebuild(engine, i);
    expect(await settled()).toEqual(before);
    // Networks of known shapes find their kernels compiled. Only a few kernels depend on the batch
    // size.
    expect(pipelines.compiled - compiled).toBeLessThan(10);
    await engine.setDataset(manyKindsData());
    expect(await settled()).toEqual(before);
    expect(lost).toBe('');
    engine.dispose();
  });

  it('does not grow while a network trains and answers questions', async () => {
    const engine = await createGpuEngine(navigator.gpu);
    await engine.setDataset(manyKindsData());
    const network = await engine.createNetwork(manyKinds, initialWeights(manyKinds, 1), settings);
    network.setOrder(order);
    const work = async (from: number) => {
      await Promise.all([
        network.trainSteps(stepRequests(from, from + 29)),
        network.trainSteps(stepRequests(from + 30, from + 49)),
      ]);
      await askEverything(network);
    };
    await work(1);
    const before = await settled();
    for (let from = 51; from <= 501; from += 50) await work(from);
    expect(await settled()).toEqual(before);
    engine.dispose();
  });

  it('is asked for before a question, so that its lack is an answer and no failure of the device', async () => {
    const engine = await createGpuEngine(navigator.gpu);
    const network = await engine.createNetwork(manyKinds, initialWeights(manyKinds, 1), settings);
    const { pushErrorScope, popErrorScope } = GPUDevice.prototype;
    const created = vi.mocked(GPUDevice.prototype.createBuffer).getMockImplementation()!;
    let scopes = 0;
    const unasked: number[] = [];
    vi.spyOn(GPUDevice.prototype, 'pushErrorScope').mockImplementation(function (this: GPUDevice, filter) {
      scopes++;
      return pushErrorScope.call(this, filter);
    });
    vi.spyOn(GPUDevice.prototype, 'popErrorScope').mockImplementation(function (this: GPUDevice) {
      scopes--;
      return popErrorScope.call(this);
    });
    vi.mocked(GPUDevice.prototype.createBuffer).mockImplementation(function (this: GPUDevice, descriptor) {
      if (descriptor.label === 'read-back' && scopes === 0) unasked.push(descriptor.size);
      return created.call(this, descriptor);
    });
    const image = new Float32Array(11 * 9 * 3);
    await network.forward(new Float32Array(2 * image.length));
    await network.backward(new Float32Array(5 * image.length), new Uint8Array(5), true);
    await network.backward(new Float32Array(8 * image.length), new Uint8Array(8), true);
    await network.lookAt(image, 1);
    await network.lookAt(image, null);
    expect(unasked).toEqual([]);
    engine.dispose();
  });

  it('is given back by a network that cannot be made', async () => {
    const engine = await createGpuEngine(navigator.gpu);
    await engine.setDataset(manyKindsData());
    const before = await settled();
    const { createComputePipelineAsync } = GPUDevice.prototype;
    let left = 12;
    vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockImplementation(function (
      this: GPUDevice,
      descriptor,
    ) {
      if (left-- > 0) return createComputePipelineAsync.call(this, descriptor);
      return Promise.reject(new Error('no more pipelines'));
    });
    await expect(engine.createNetwork(manyKinds, initialWeights(manyKinds, 1), settings)).rejects.toThrow(
      /no more pipelines/,
    );
    expect(await settled()).toEqual(before);
    engine.dispose();
  });

  it('that runs out is said in words, and what is there goes on', async () => {
    const engine = await createGpuEngine(navigator.gpu);
    let lost = '';
    void engine.lost.then((reason) => (lost = reason));
    await engine.setDataset(manyKindsData());
    const network = await engine.createNetwork(manyKinds, initialWeights(manyKinds, 1), settings);
    network.setOrder(order);
    await network.trainSteps(stepRequests(1, 3));
    const before = await settled();
    const { popErrorScope } = GPUDevice.prototype;
    const asks = {
      network: () => engine.createNetwork(manyKinds, initialWeights(manyKinds, 2), settings),
      data: () => engine.setDataset(manyKindsData()),
      gradients: () => network.backward(new Float32Array(5 * 11 * 9 * 3), new Uint8Array(5), true),
      evaluation: () => network.evaluate('test', order),
    };
    for (const [what, ask] of Object.entries(asks)) {
      vi.spyOn(GPUDevice.prototype, 'popErrorScope').mockImplementation(async function (this: GPUDevice) {
        await popErrorScope.call(this);
        return new GPUOutOfMemoryError('not enough memory');
      });
      await expect(ask(), what).rejects.toThrow(/the GPU has no room left for the .* that are needed/);
      vi.mocked(GPUDevice.prototype.popErrorScope).mockRestore();
      expect(await settled(), what).toEqual(before);
    }
    const steps = await network.trainSteps(stepRequests(4, 6));
    expect(steps.map(({ halted }) => halted)).toEqual([false, false, false]);
    expect(lost).toBe('');
    engine.dispose();
  });
});
