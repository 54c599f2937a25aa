import { describe, expect, it } from 'vitest';
import { at } from '../../at';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createReadySession, tinyModel, tinySettings } from '../session/session.test-helper';

const normalized: ModelSpec = {
  ...tinyModel,
  layers: [
    createLayer('conv2d', { filters: 2 }),
    createLayer('batchNormalization'),
    createLayer('flatten'),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};

describe('training on the traced batch', () => {
  it('changes every weight by the learning rate times its gradient, with plain SGD', async () => {
    const { request } = await createReadySession();
    const before = await request('getWeights', {});
    const { runId, step } = await request('trace', {});
    const update = await request('updateOnTrace', { runId, step });
    expect(update.tensors.map(({ layer, name }) => `${layer} ${name}`)).toEqual([
      'conv2d_1 weight',
      'conv2d_1 bias',
      'dense_1 weight',
      'dense_1 bias',
    ]);
    for (const { norms, entries } of update.tensors) {
      expect(norms.change).toBeCloseTo(0.1 * norms.gradient!, 5);
      for (const entry of entries) expect(entry.change).toBeCloseTo(-0.1 * entry.gradient!, 5);
    }
    const after = await request('getWeights', {});
    const { place, before: from, after: to } = at(update.tensors[2]!.entries, 0);
    const index = place[0]! * 3 + place[1]!;
    expect([from, to]).toEqual([before.dense_1!.weight!.data[index]!, after.dense_1!.weight!.data[index]!]);
  });

  it('takes the same step as training does', async () => {
    const [traced, plain] = await Promise.all([createReadySession(), createReadySession()]);
    const { runId, step } = await traced.request('trace', {});
    await traced.request('updateOnTrace', { runId, step });
    await traced.request('train', { steps: 2 });
    await plain.request('train', { steps: 3 });
    expect(await traced.request('getWeights', {})).toEqual(await plain.request('getWeights', {}));
    expect(traced.eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: 3 });
  });

  it('has the gradient that the trace foretold, with L2 and before clipping', async () => {
    const settings = { ...tinySettings, l2: 0.01, globalClipnorm: 0.05 };
    const { request } = await createReadySession({}, settings);
    const trace = await request('trace', {});
    const update = await request('updateOnTrace', trace);
    expect(update.gradientNorm / trace.gradientNorm).toBeCloseTo(1, 5);
    expect(update.loss).toBeCloseTo(trace.loss, 6);
    expect(trace.clipScale).toBeCloseTo(0.05 / trace.gradientNorm, 6);
    // The norm of the change of all weights is the learning rate times the allowed norm.
    expect(Math.hypot(...update.tensors.map(({ norms }) => norms.change))).toBeCloseTo(0.1 * 0.05, 6);
  });

  it('shows running averages, which change without a gradient', async () => {
    const { request } = await createReadySession();
    await request('setModel', { model: normalized });
    const update = await request('updateOnTrace', await request('trace', {}));
    const average = update.tensors.find(({ name }) => name === 'movingMean')!;
    expect(average.norms.gradient).toBeUndefined();
    expect(average.norms.change).toBeGreaterThan(0);
    expect(average.entries[0]).not.toHaveProperty('gradient');
  });

  it('is refused once the network has moved on', async () => {
    const { request } = await createReadySession();
    const trace = await request('trace', {});
    await request('train', { steps: 1 });
    await expect(request('updateOnTrace', trace)).rejects.toThrow(/moved on/);
    const next = await request('trace', {});
    await request('reset', {});
    await expect(request('updateOnTrace', next)).rejects.toThrow(/moved on/);
  });

  it('says that a step that overflows was not applied', async () => {
    const { request } = await createReadySession();
    const weights = await request('getWeights', {});
    weights.dense_1!.weight!.data.fill(3e38);
    await request('setWeights', { weights });
    const trace = await request('trace', {});
    expect(trace.layers.at(-1)!.stats.output.notFinite).toBeGreaterThan(0);
    const update = await request('updateOnTrace', trace);
    expect(update.halted).toBe(true);
    expect(update.tensors.every(({ norms }) => norms.change === 0)).toBe(true);
  });
});
