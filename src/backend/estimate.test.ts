import { describe, expect, it } from 'vitest';
import { binaryBytes } from '../model/bytes';
import { requireRoom, type NetworkCost } from '../model/cost';
import { presets } from '../model/presets';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';
import type { Tuning } from '../plan/dispatch';
import { planTraining } from '../plan/plan';
import { cpuMemory } from './cpu/cpu-memory';
import { estimateCost, largestBatch } from './estimate';
import { gpuMemory } from './webgpu/gpu-memory';
import { batchAside, fitsBuffers, planBytes } from './webgpu/plan-memory';

const tuning: Tuning = { workgroup: 64, threads: 16384, subgroupsOf4: false };
const planAt = (model: ResolvedModel, batchSize: number) =>
  planTraining(model, { batchSize, tuning, optimizer: 'adam' });
const costOf = (model: ResolvedModel, batchSize: number, limit = Infinity, images = 0): NetworkCost =>
  estimateCost(model, batchSize, gpuMemory(model, { optimizer: 'adam', tuning, limit, images }));
const costOnCpu = (model: ResolvedModel, batchSize: number, images = 0): NetworkCost =>
  estimateCost(model, batchSize, cpuMemory(model, 'adam', images));
const modelOf = (layers: object[], input: number[]) =>
  resolveModel(parseModelSpec({ version: 1, name: 'test', input, layers }));
const large = modelOf(
  [{ kind: 'conv2d', filters: 64 }, { kind: 'conv2d', filters: 8 }, { kind: 'flatten' }, { kind: 'dense', units: 10 }],
  [224, 224, 3],
);

describe.each(presets)('the cost of $spec.name', ({ spec }) => {
  const model = resolveModel(spec);

  // What was allocated in the end is compared in webgpu/memory-estimate.gpu.test.ts.
  it('counts every byte of the plan once, and the records and reports of steps', () => {
    const { bytes, totalBytes, share, problem } = costOf(model, 32);
    expect(Object.values(bytes).reduce((sum, part) => sum + part)).toBe(totalBytes);
    const plan = planAt(model, 32);
    expect(totalBytes).toBe(planBytes(plan) + 16 + 64 * 256 + 8 * 64 * 4 * plan.update.recordLength);
    expect(bytes['optimizer state']).toBeGreaterThanOrEqual(2 * 4 * model.parameters);
    expect([share, problem]).toEqual([0, null]);
  });

  it('names a largest batch that fits where one more does not', () => {
    const limit = 4 * 2 ** 20;
    const { largestBatch: most } = costOf(model, 4096, limit);
    expect(fitsBuffers(planAt(model, most), limit)).toBe(true);
    expect(fitsBuffers(planAt(model, most + 1), limit)).toBe(false);
    expect(costOf(model, most, limit).problem).toBeNull();
    expect(costOf(model, most + 1, limit).share).toBeGreaterThan(1);
  });
});

describe('estimateCost', () => {
  it('counts the gradients by weights and by inputs, the latter not for the first layer', () => {
    const dense = modelOf([{ kind: 'flatten' }, { kind: 'dense', units: 7 }, { kind: 'dense', units: 3 }], [2, 2, 1]);
    expect(costOf(dense, 10).multiplyAddsPerStep).toBe(10 * (2 * 28 + 3 * 21));
    expect(costOnCpu(dense, 10).multiplyAddsPerStep).toBe(10 * (2 * 28 + 3 * 21));
  });

  it('refuses with the largest batch that fits', () => {
    const cost = costOf(large, 256, 2 ** 31);
    expect(cost.largestBatch).toBeGreaterThan(100);
    expect(cost.problem).toMatchObject({
      where: { field: 'batchSize' },
      remedy: `The largest batch that fits is ${cost.largestBatch}.`,
    });
    expect(cost.problem!.what).toMatch(
      /^at a batch size of 256 the network needs 3(\.\d)? GiB of activations; this GPU allows 2 GiB in one buffer\.$/,
    );
    expect(() => requireRoom(cost)).toThrow(/largest batch that fits/);
  });

  it('names the layer that is too large where not even one image fits', () => {
    const pooled = [{ kind: 'maxPool2d', poolSize: [8, 8] }, { kind: 'flatten' }, { kind: 'dense', units: 10 }];
    const model = modelOf([{ kind: 'conv2d', filters: 64 }, ...pooled], [224, 224, 3]);
    const cost = costOf(model, 1, 2 ** 23);
    expect(cost.largestBatch).toBe(0);
    expect(cost.problem).toMatchObject({ where: { layer: 'conv2d_1' } });
    expect(cost.problem!.what).toMatch(/^even with one image .* of activations; .* conv2d_1 takes 12 MiB\.$/);
    const wide = modelOf(
      [{ kind: 'flatten' }, { kind: 'dense', units: 8192 }, { kind: 'dense', units: 10 }],
      [1024, 1024, 1024],
    );
    const refused = costOf(wide, 1, 2 ** 31);
    expect(refused.problem).toMatchObject({ where: { layer: 'dense_1' } });
    expect(refused.problem!.what).toMatch(/32 TiB/);
  });

  it('bounds everything together where there is no GPU', () => {
    const { problem, largestBatch: most, totalBytes, share } = costOnCpu(large, 4096);
    expect(problem!.what).toContain(`${binaryBytes(totalBytes)} of memory; without a GPU at most 2 GiB are used.`);
    expect(share).toBeCloseTo(totalBytes / 2 ** 31);
    expect(costOnCpu(large, most).totalBytes).toBeLessThanOrEqual(2 ** 31);
    expect(costOnCpu(large, most + 1).totalBytes).toBeGreaterThan(2 ** 31);
  });
});

it('counts the order of the images that are there', () => {
  const model = resolveModel(presets[0]!.spec);
  expect(costOf(model, 32, Infinity, 60_000).totalBytes - costOf(model, 32).totalBytes).toBe(240_000 - 16);
  expect(costOnCpu(model, 32, 60_000).totalBytes - costOnCpu(model, 32).totalBytes).toBe(240_000);
});

describe('the search for a batch size', () => {
  it('finds every answer from none to the most', () => {
    for (const wanted of [0, 1, 2, 3, 17, 63, 64]) expect(largestBatch(64, (size) => size <= wanted)).toBe(wanted);
  });

  it('makes few plans, so that it can be asked after every change', () => {
    const asked: number[] = [];
    const passes = (limit: number) => (size: number) => asked.push(size) > 0 && size <= limit;
    largestBatch(4096, passes(1234));
    expect(asked.length).toBeLessThanOrEqual(13);
    asked.length = 0;
    largestBatch(4096, passes(4096));
    expect(asked).toEqual([4096]);
  });

  it('sends large images through in small groups, and one at a time if need be', () => {
    const forward = { tuning, training: false };
    expect(batchAside(resolveModel(presets[0]!.spec), forward, 100, Infinity)).toBe(100);
    expect(batchAside(large, forward, 100, Infinity)).toBeLessThan(25);
    expect(
      batchAside(
        modelOf([{ kind: 'conv2d', filters: 100 }, { kind: 'flatten' }, { kind: 'dense', units: 2 }], [1024, 1024, 3]),
        forward,
        100,
        Infinity,
      ),
    ).toBe(1);
  });
});

it.each([
  [0, '0 B'],
  [1023, '1 KiB'],
  [1536, '1.5 KiB'],
  [128 * 2 ** 20, '128 MiB'],
  [2 ** 31, '2 GiB'],
  [3.21 * 2 ** 30, '3.2 GiB'],
  [2 ** 32 - 4, '4 GiB'],
  [Infinity, 'no limit'],
])('%d bytes are %s', (bytes, text) => expect(binaryBytes(bytes)).toBe(text));
