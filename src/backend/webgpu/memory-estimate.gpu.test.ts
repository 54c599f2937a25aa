import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { at } from '../../at';
import { customDataset } from '../../data/custom';
import { initialWeights } from '../../model/initialize';
import { OPTIMIZERS, type OptimizerKind } from '../../model/optimizers';
import { presets } from '../../model/presets';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../../model/settings';
import { oddNetworks } from '../../model/odd-networks.test-helper';
import { imageOf } from '../../model/shape';
import { PUMP } from '../../pace';
import { MAX_STEPS_PER_SUBMIT, RECORD_HEADER } from '../../plan/update';
import type { Engine } from '../engine';
import { createGpuEngine } from './gpu-engine';
import { bytesOf, watchBuffers } from './live-buffers.test-helper';
import type { AdapterKind } from './tuning';

let live: ReadonlyMap<GPUBuffer, number>;
const liveBytes = () => bytesOf(live);
beforeEach(() => {
  live = watchBuffers();
});
afterEach(() => vi.restoreAllMocks());

const COUNT = 9;
function imagesFor({ spec, classes }: ResolvedModel) {
  const [height, width, channels] = imageOf(spec.input);
  const images = new Uint8Array(COUNT * height * width * channels);
  const labels = new Uint8Array(COUNT);
  return customDataset({ height, width, channels, classes, images, labels, testImages: images, testLabels: labels });
}

const settingsOf = (kind: OptimizerKind, batchSize: number) =>
  changeSettings(DEFAULT_SETTINGS, { batchSize, optimizer: { kind } });

/** Bytes of the staging buffer of one submit of steps. */
const reportBytes = (slots: number) => 4 * MAX_STEPS_PER_SUBMIT * (RECORD_HEADER + slots);
const SUBMITS = PUMP.chunksInFlight * Math.ceil(PUMP.mostSteps / MAX_STEPS_PER_SUBMIT);

const networks = [...presets.map(({ spec }) => [spec.name, resolveModel(spec)] as const), ...oddNetworks];
const BATCH_SIZES = [1, 7, 32, 128];
const kinds = Object.keys(OPTIMIZERS) as OptimizerKind[];
/**
 * Three cases for each network: all of them would take minutes. Case n takes the batch size n modulo
 * 4 and the optimizer n modulo 7, so that the networks together try every pair of the two.
 */
const casesOf = networks.map(([name, model], i) => {
  const cases = [3 * i, 3 * i + 1, 3 * i + 2].map(
    (n) => [at(BATCH_SIZES, n % BATCH_SIZES.length), at(kinds, n % kinds.length)] as const,
  );
  return [name, model, cases] as const;
});

describe.each<AdapterKind | undefined>([undefined, 'hardware'])('the estimate of memory, tuned for: %s', (tuneFor) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createGpuEngine(navigator.gpu, { tuneFor });
  });
  afterAll(() => engine.dispose());

  it.each(casesOf)('of %s is what a network takes, but for its reports', async (_name, model, cases) => {
    // Memory is allocated before any kernel runs, and compiling the kernels takes most of the time.
    const uncompiled = {} as GPUComputePipeline;
    vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockResolvedValue(uncompiled);
    await engine.setDataset(imagesFor(model));
    const before = liveBytes();
    const weights = initialWeights(model, 1);
    for (const [batchSize, kind] of cases) {
      const network = await engine.createNetwork(model, weights, settingsOf(kind, batchSize));
      const { totalBytes } = engine.estimate(model, settingsOf(kind, batchSize));
      const unread = SUBMITS * reportBytes(network.normSlots.length);
      expect(totalBytes - (liveBytes() - before), `${kind}, batch ${batchSize}`).toBe(unread);
      network.dispose();
      await vi.waitFor(() => expect(liveBytes()).toBe(before), { interval: 1 });
    }
  });
});

// The reports of steps, which this adds, are the same for every tuning.
describe('the estimate of memory in training', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createGpuEngine(navigator.gpu);
  });
  afterAll(() => engine.dispose());

  it.each(oddNetworks)('of %s is what it takes while it trains as fast as it may', async (_name, model) => {
    await engine.setDataset(imagesFor(model));
    const before = liveBytes();
    const network = await engine.createNetwork(model, initialWeights(model, 1), settingsOf('adam', COUNT));
    network.setOrder(Uint32Array.from({ length: COUNT }, (_, i) => i));
    const chunk = (first: number) =>
      Array.from({ length: PUMP.mostSteps }, (_, i) => ({ step: first + i, offset: 0, count: 1, learningRate: 1e-3 }));
    const { totalBytes } = engine.estimate(model, settingsOf('adam', COUNT));
    // Short chunks at first, as when training begins.
    for (const steps of [1, 3, 40]) await network.trainSteps(chunk(1).slice(0, steps));
    expect(liveBytes() - before).toBe(totalBytes - (SUBMITS - 1) * reportBytes(network.normSlots.length));
    await Promise.all([network.trainSteps(chunk(1)), network.trainSteps(chunk(1 + PUMP.mostSteps))]);
    expect(liveBytes() - before).toBe(totalBytes);
    network.dispose();
    await vi.waitFor(() => expect(liveBytes()).toBe(before));
  });
});
