import { describe, expect, it } from 'vitest';
import { binaryBytes } from '../model/bytes';
import type { MemoryLimits } from '../model/cost';
import type { Tuning } from './kernels/launch';
import { presets } from '../model/presets';
import { resolveModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';
import { batchAside, estimateCost, fitsLimits, largestBatch, planBytes, requireRoom } from './cost';
import { buildPlan, type PlanOptions } from './plan';

const tuning: Tuning = { workgroup: 64, threads: 16384, subgroupsOf4: false };
const options = (batchSize: number): PlanOptions => ({
  batchSize,
  tuning,
  depth: 'train',
  training: true,
  optimizer: 'adam',
});
const unlimited: MemoryLimits = { buffer: Infinity, total: Infinity };
const modelOf = (layers: object[], input: number[]) =>
  resolveModel(parseModelSpec({ version: 1, name: 'test', input, layers }));
const large = modelOf(
  [{ kind: 'conv2d', filters: 64 }, { kind: 'conv2d', filters: 8 }, { kind: 'flatten' }, { kind: 'dense', units: 10 }],
  [224, 224, 3],
);

describe.each(presets)('the cost of $spec.name', ({ spec }) => {
  const model = resolveModel(spec);

  it('counts every byte of the plan once', () => {
    const { bytes, totalBytes, share, problem } = estimateCost(model, options(32), unlimited);
    expect(Object.values(bytes).reduce((sum, part) => sum + part)).toBe(totalBytes);
    expect(totalBytes).toBe(planBytes(buildPlan(model, options(32))));
    expect(bytes['optimizer state']).toBeGreaterThanOrEqual(2 * 4 * model.parameters);
    expect([share, problem]).toEqual([0, null]);
  });

  it('names a largest batch that fits where one more does not', () => {
    const limits = { buffer: 4 * 2 ** 20, total: Infinity };
    const { largestBatch: most } = estimateCost(model, options(4096), limits);
    expect(fitsLimits(buildPlan(model, options(most)), limits)).toBe(true);
    expect(fitsLimits(buildPlan(model, options(most + 1)), limits)).toBe(false);
    expect(estimateCost(model, options(most), limits).problem).toBeNull();
    expect(estimateCost(model, options(most + 1), limits).share).toBeGreaterThan(1);
  });
});

describe('estimateCost', () => {
  it('counts the gradients by weights and by inputs, the latter not for the first layer', () => {
    const dense = modelOf([{ kind: 'flatten' }, { kind: 'dense', units: 7 }, { kind: 'dense', units: 3 }], [2, 2, 1]);
    expect(estimateCost(dense, options(10), unlimited).multiplyAddsPerStep).toBe(10 * (2 * 28 + 3 * 21));
  });

  it('refuses with the largest batch that fits', () => {
    const cost = estimateCost(large, options(256), { buffer: 2 ** 31, total: Infinity });
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
    const cost = estimateCost(model, options(1), { buffer: 2 ** 23, total: Infinity });
    expect(cost.largestBatch).toBe(0);
    expect(cost.problem).toMatchObject({ where: { layer: 'conv2d_1' } });
    expect(cost.problem!.what).toMatch(/^even with one image .* of activations; .* conv2d_1 takes 12 MiB\.$/);
    const wide = modelOf(
      [{ kind: 'flatten' }, { kind: 'dense', units: 8192 }, { kind: 'dense', units: 10 }],
      [1024, 1024, 1024],
    );
    const refused = estimateCost(wide, options(1), { buffer: 2 ** 31, total: Infinity });
    expect(refused.problem).toMatchObject({ where: { layer: 'dense_1' } });
    expect(refused.problem!.what).toMatch(/32 TiB/);
  });

  it('bounds everything together where there is no GPU', () => {
    const {
      problem,
      largestBatch: most,
      totalBytes,
    } = estimateCost(large, options(4096), { buffer: Infinity, total: 2 ** 31 });
    expect(problem!.what).toContain(`${binaryBytes(totalBytes)} of memory; without a GPU at most 2 GiB are used.`);
    expect(planBytes(buildPlan(large, options(most)))).toBeLessThanOrEqual(2 ** 31);
  });
});

describe('the search for a batch size', () => {
  it('finds every answer from none to the most', () => {
    const small = modelOf([{ kind: 'flatten' }, { kind: 'dense', units: 2 }], [2, 2, 1]);
    for (const wanted of [0, 1, 2, 3, 17, 63, 64]) {
      expect(largestBatch(small, options(1), 64, (plan) => plan.batchSize <= wanted)).toBe(wanted);
    }
  });

  it('makes few plans, so that it can be asked after every change', () => {
    const asked: number[] = [];
    const passes = (limit: number) => (plan: { batchSize: number }) =>
      asked.push(plan.batchSize) > 0 && plan.batchSize <= limit;
    largestBatch(large, options(1), 4096, passes(1234));
    expect(asked.length).toBeLessThanOrEqual(13);
    asked.length = 0;
    largestBatch(large, options(1), 4096, passes(4096));
    expect(asked).toEqual([4096]);
  });

  it('sends large images through in small groups, and one at a time if need be', () => {
    const forward = { tuning, depth: 'forward', training: false } as const;
    expect(batchAside(resolveModel(presets[0].spec), forward, 100, unlimited)).toBe(100);
    expect(batchAside(large, forward, 100, unlimited)).toBeLessThan(25);
    expect(
      batchAside(
        modelOf([{ kind: 'conv2d', filters: 100 }, { kind: 'flatten' }, { kind: 'dense', units: 2 }], [1024, 1024, 3]),
        forward,
        100,
        unlimited,
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
