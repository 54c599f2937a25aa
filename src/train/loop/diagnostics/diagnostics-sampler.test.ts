import { describe, expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../../model/spec';
import { DiagnosticsSchedule } from './diagnostics-schedule';
import { createCpuEngine } from '../../../backend/cpu/cpu-engine';
import { createReadySession, tinyModel, tinySettings, type TestSession } from '../../session/session.test-helper';
import type { SessionOptions } from '../../session/session';

/**
 * On the first clock each chunk of steps takes an hour and a look takes no time, so that a look is
 * due again after each chunk. The other clock stands still.
 */
function hourly(): Partial<SessionOptions> {
  let hours = 0;
  const slow = async () => {
    const engine = createCpuEngine();
    const createNetwork = engine.createNetwork.bind(engine);
    engine.createNetwork = async (...given) => {
      const network = await createNetwork(...given);
      const trainSteps = network.trainSteps.bind(network);
      network.trainSteps = (steps) => trainSteps(steps).finally(() => (hours += 3.6e6));
      return network;
    };
    return engine;
  };
  return { factories: { webgpu: slow, cpu: slow }, now: () => hours };
}
const still = (): Partial<SessionOptions> => ({ now: () => 0 });

/** The model has layers with state, random layers, and a layer without weights. */
const model: ModelSpec = {
  ...tinyModel,
  layers: [
    createLayer('conv2d', { filters: 3, padding: 'same' }),
    createLayer('batchNormalization'),
    createLayer('activation', { activation: 'relu' }),
    createLayer('maxPool2d'),
    createLayer('flatten'),
    createLayer('dropout', { rate: 0.4 }),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};
const settings = {
  ...tinySettings,
  l2: 0.01,
  optimizer: { kind: 'adam' as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

async function begin(options: Partial<SessionOptions>, given: object = settings): Promise<TestSession> {
  const test = await createReadySession(options, given);
  await test.request('setModel', { model });
  return test;
}

describe('looking at the layers', () => {
  it('leaves every bit of the training as it is', async () => {
    const [looked, alone] = [await begin(hourly()), await begin(still())];
    const results = [
      await looked.request('train', { steps: 23, collect: true }),
      await alone.request('train', { steps: 23, collect: true }),
    ];
    expect(looked.eventsOf('diagnostics').length).toBeGreaterThan(5);
    expect(alone.eventsOf('diagnostics').map(({ step }) => step)).toEqual([1]);
    const [first, second] = results.map(({ examplesPerSecond, ...same }) => same);
    expect(first).toEqual(second);
    expect(await looked.request('getWeights', {})).toEqual(await alone.request('getWeights', {}));
    expect(await looked.request('evaluate', { split: 'test' })).toEqual(
      await alone.request('evaluate', { split: 'test' }),
    );
  });

  it('is exact about weights, gradient and update of each very step', async () => {
    const { request, eventsOf } = await begin(hourly());
    for (let step = 1; step <= 3; step++) {
      const before = await request('getWeights', {});
      const { gradientNorms } = await request('train', { steps: 1, collect: true });
      const after = await request('getWeights', {});
      const { layers, ...about } = eventsOf('diagnostics').at(-1)!;
      expect(about.step).toBe(step);
      expect(layers.map(({ layer }) => layer)).toEqual([
        ...['conv2d_1', 'batchNormalization_1', 'activation_1', 'maxPool2d_1', 'flatten_1', 'dropout_1', 'dense_1'],
      ]);
      for (const [layer, names] of [
        ['conv2d_1', ['weight', 'bias']],
        ['batchNormalization_1', ['gamma', 'beta']],
      ] as const) {
        const values = (weights: typeof before) => names.flatMap((name) => [...weights[layer]![name]!.data]);
        const [old, updated] = [values(before), values(after)];
        const found = layers.find((one) => one.layer === layer)!;
        expect(found.weightNorm).toBeCloseTo(Math.hypot(...old), 10);
        expect(found.updateNorm).toBeCloseTo(Math.hypot(...updated.map((value, i) => value - old[i]!)), 10);
        expect(found.updateNorm).toBeGreaterThan(0);
        expect(found.gradientNorm! / gradientNorms[layer]![0]!).toBeCloseTo(1, 6);
        expect(found.tensors.map(({ name }) => name)).toEqual([...names]);
      }
      expect(layers[2]!.deadUnits).toBeGreaterThanOrEqual(0);
      expect(layers[2]!.saturated).toBeGreaterThan(0);
      expect(layers[3]).toMatchObject({
        weightNorm: null,
        gradientNorm: null,
        updateNorm: null,
        deadUnits: null,
        tensors: [],
      });
    }
  });

  it('looks at the step that was not finite, and the run stays playable', async () => {
    const absurd = { ...tinySettings, optimizer: { kind: 'sgd' as const, learningRate: 1e6 } };
    for (const clock of [hourly(), still()]) {
      const { request, eventsOf } = await begin(clock, absurd);
      const { steps, halted } = await request('train', { steps: 50 });
      const kept = await request('getWeights', {});
      const last = eventsOf('diagnostics').at(-1)!;
      expect([last.step, halted!.step]).toEqual([steps + 1, steps + 1]);
      expect(last.layers.some(({ gradientNorm }) => gradientNorm !== null && !Number.isFinite(gradientNorm))).toBe(
        true,
      );
      const counts = last.layers.flatMap(({ tensors }) =>
        tensors.map(({ gradients }) => gradients.notANumber + gradients.infinite),
      );
      expect(Math.max(...counts)).toBeGreaterThan(0);
      expect(last.layers.every(({ updateNorm }) => updateNorm === null)).toBe(true);
      await request('reset', {});
      await request('train', { steps });
      expect(await request('getWeights', {})).toEqual(kept);
    }
  });

  it('does not keep an epoch from being evaluated at its very end', async () => {
    const { request, eventsOf } = await begin(hourly());
    await request('train', { epochs: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(eventsOf('evaluation').map(({ step }) => step)).toEqual(expect.arrayContaining([5, 10]));
    expect(eventsOf('diagnostics').length).toBeGreaterThan(2);
  });

  it('uses training images where none are held back, and tells in numbers what is too much to read', async () => {
    const { request, eventsOf } = await createReadySession(still(), { ...tinySettings, validationSplit: 0 });
    await request('train', { steps: 1 });
    expect(eventsOf('diagnostics')[0]!.layers.every(({ activationStd }) => activationStd > 0)).toBe(true);
    const wide = [
      createLayer('flatten'),
      createLayer('dense', { units: 8192 }),
      createLayer('dense', { units: 512 }),
      createLayer('dense', { units: 3 }),
    ];
    await request('setModel', { model: { ...tinyModel, layers: wide } });
    const { gradientNorms } = await request('train', { steps: 1, collect: true });
    const { layers } = eventsOf('diagnostics').at(-1)!;
    expect(layers[2]).toMatchObject({ weightNorm: null, updateNorm: null, tensors: [] });
    expect(layers[2]!.gradientNorm).toBeCloseTo(gradientNorms.dense_2![0]!, 6);
    expect(layers[0]!.gradientNorm).toBeNull();
  });
});

describe('DiagnosticsSchedule', () => {
  /** Trains in steps of 10 ms until a look is due. @returns ms trained */
  const trainUntilDue = (schedule: DiagnosticsSchedule) => {
    let ms = 0;
    for (; !schedule.isDue(); ms += 10) schedule.trained(10, 1);
    return ms;
  };

  it('looks at the first step, then for two per cent of the time at most, half a second apart at least', () => {
    const schedule = new DiagnosticsSchedule();
    expect(trainUntilDue(schedule)).toBe(0);
    schedule.took(130, 20);
    expect(trainUntilDue(schedule)).toBe(1100);
    schedule.took(60, 15);
    expect(trainUntilDue(schedule)).toBe(2500);
    schedule.took(15, 15);
    expect(trainUntilDue(schedule)).toBe(500);
  });

  it('takes the least of the last costs: what else the backend did only adds to them', () => {
    const schedule = new DiagnosticsSchedule();
    for (const cost of [50, 50, 5000, 5000]) {
      schedule.took(cost, 0);
      schedule.trained(10, 1);
    }
    schedule.trained(2500, 250);
    expect(schedule.isDue()).toBe(true);
    schedule.took(5000, 0);
    schedule.trained(200_000, 20_000);
    expect(schedule.isDue()).toBe(false);
  });
});
