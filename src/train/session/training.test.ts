import { describe, expect, it } from 'vitest';
import { createLayer } from '../../model/spec';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { Engine } from '../../backend/engine';
import { createReadySession, tinyModel, tinySettings, until } from './session.test-helper';

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('training', () => {
  it('learns: the loss falls and the test images are told apart', async () => {
    const { request } = await createReadySession();
    const { loss, steps } = await request('train', { epochs: 20, collect: true });
    expect(steps).toBe(100);
    expect(mean(loss.slice(-5))).toBeLessThan(0.3 * mean(loss.slice(0, 5)));
    const { accuracy, confusion } = await request('evaluate', { split: 'test' });
    expect(accuracy).toBeGreaterThan(0.9);
    expect(confusion.map((row) => row.reduce((sum, n) => sum + n))).toEqual([7, 7, 6]);
    expect(confusion.reduce((sum, row, i) => sum + row[i]!, 0) / 20).toBeCloseTo(accuracy, 6);
  });

  it('reports loss, accuracy and gradient norms of each step, over weight and bias together', async () => {
    const { request, eventsOf } = await createReadySession();
    const result = await request('train', { steps: 3, collect: true });
    expect([result.loss.length, result.accuracy.length]).toEqual([3, 3]);
    expect(Object.keys(result.gradientNorms)).toEqual(['conv2d_1', 'dense_1']);
    const { normSlots } = eventsOf('run').at(-1)!;
    const metrics = eventsOf('metrics');
    const norms = metrics[0]!.norms.subarray(0, normSlots.length);
    const squared = normSlots.reduce(
      (sum, { layer, tensor }, i) => sum + (layer === 'dense_1' && tensor !== 'output' ? norms[i]! ** 2 : 0),
      0,
    );
    expect(result.gradientNorms.dense_1![0]!).toBeCloseTo(Math.sqrt(squared), 5);
    expect(metrics.flatMap(({ loss }) => [...loss])).toEqual(result.loss.map(Math.fround));
    expect(result.examplesPerSecond).toBeGreaterThan(0);
  });

  it('is the same for the same seed, and another for another', async () => {
    const losses = async (seed: number) => {
      const { request } = await createReadySession({}, { ...tinySettings, seed });
      return (await request('train', { steps: 12, collect: true })).loss;
    };
    const first = await losses(7);
    expect(await losses(7)).toEqual(first);
    expect(await losses(8)).not.toEqual(first);
  });

  it('does not depend on how steps are grouped, nor on reset before', async () => {
    const { request } = await createReadySession();
    const whole = await request('train', { steps: 13, collect: true });
    const trained = await request('getWeights', {});
    await request('reset', {});
    const parts: number[] = [];
    for (const steps of [1, 1, 5, 6]) parts.push(...(await request('train', { steps, collect: true })).loss);
    expect(parts).toEqual(whole.loss);
    expect(await request('getWeights', {})).toEqual(trained);
  });

  it('visits each training row once an epoch, with a smaller last batch', async () => {
    const counts: number[] = [];
    const rows: number[] = [];
    const spy = async (): Promise<Engine> => {
      const engine = createCpuEngine();
      const createNetwork = engine.createNetwork.bind(engine);
      return Object.assign(engine, {
        createNetwork: async (...given: Parameters<typeof createNetwork>) => {
          const network = await createNetwork(...given);
          const { trainSteps, setOrder } = network;
          network.setOrder = (order) => {
            rows.push(...order);
            setOrder.call(network, order);
          };
          network.trainSteps = (steps) => {
            counts.push(...steps.map(({ count }) => count));
            return trainSteps.call(network, steps);
          };
          return network;
        },
      });
    };
    const { request, eventsOf } = await createReadySession(
      { factories: { webgpu: spy, cpu: spy } },
      { ...tinySettings, batchSize: 12 },
    );
    expect(eventsOf('run').at(-1)!.stepsPerEpoch).toBe(4);
    expect((await request('train', { epochs: 1 })).steps).toBe(4);
    expect(counts).toEqual([12, 12, 12, 4]);
    expect(new Set(rows).size).toBe(40);
  });

  it('pauses, steps and goes on where it was', async () => {
    const { request, eventsOf } = await createReadySession();
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 1);
    await request('pause', {});
    const { steps, loss } = await playing;
    expect(loss).toEqual([]);
    const paused = eventsOf('state').at(-1)!;
    expect(paused).toMatchObject({ state: 'paused', step: steps, epoch: Math.floor(steps / 5) });
    await request('train', { steps: 1 });
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: steps + 1 });
    expect(eventsOf('metrics').at(-1)).toMatchObject({ firstStep: steps + 1 });
    await request('reset', {});
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0, epoch: 0 });
  });

  it('takes another learning rate while it runs, without a new run', async () => {
    const { request, eventsOf, session } = await createReadySession();
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    const run = session.runId;
    await request('configure', { settings: { ...tinySettings, optimizer: { kind: 'sgd', learningRate: 0 } } });
    await until(() => eventsOf('metrics').length > 3);
    const before = await request('getWeights', {});
    await request('pause', {});
    expect((await playing).steps).toBeGreaterThan(0);
    expect(await request('getWeights', {})).toEqual(before);
    expect(session.runId).toBe(run);
  });

  it('evaluates on the validation images at the end of an epoch', async () => {
    const { request, eventsOf } = await createReadySession();
    await request('train', { epochs: 2 });
    await until(() => eventsOf('evaluation').some(({ step }) => step === 10));
    const { result, ...about } = eventsOf('evaluation').at(-1)!;
    expect(about).toMatchObject({ split: 'validation', step: 10, epoch: 2, images: 10, whole: true });
    expect(result).toEqual(await request('evaluate', { split: 'validation' }));
  });

  it('says how many epochs are completed after the last of the steps it tells of', async () => {
    let clock = 0;
    // Each reading of the clock advances it far enough for the next event.
    const { request, eventsOf } = await createReadySession({ now: () => (clock += 200) });
    await request('train', { epochs: 2 });
    const told = eventsOf('metrics').map(({ firstStep, loss, epoch }) => [firstStep + loss.length - 1, epoch]);
    expect(told.at(-1)).toEqual([10, 2]);
    for (const [step, epoch] of told) expect(epoch).toBe(Math.floor(step! / 5));
  });

  it('says which step an evaluation beside it is of', async () => {
    const [one, other] = await Promise.all([createReadySession(), createReadySession()]);
    const playing = one.request('train', {});
    await until(() => one.eventsOf('metrics').length > 1);
    const { step, loss } = await one.request('classify', { split: 'test' });
    expect(one.eventsOf('evaluation').at(-1)).toMatchObject({ step, epoch: Math.floor(step / 5) });
    await one.request('pause', {});
    await playing;
    await other.request('train', { steps: step });
    expect((await other.request('classify', { split: 'test' })).loss).toEqual(loss);
  });

  it('refuses a second training at once', async () => {
    const { request } = await createReadySession();
    const playing = request('train', {});
    await expect(request('train', { steps: 1 })).rejects.toThrow(/training already/);
    await request('pause', {});
    await playing;
  });
});

describe('training that overflows', () => {
  const deep = {
    ...tinyModel,
    layers: [createLayer('flatten'), ...[8, 8, 8, 3].map((units) => createLayer('dense', { units }))],
  };
  const absurd = { ...tinySettings, optimizer: { kind: 'sgd' as const, learningRate: 1e6 } };

  it('stops at the first number that is not finite, names step and layer, and keeps the weights before', async () => {
    const { request, eventsOf } = await createReadySession({}, absurd);
    await request('setModel', { model: deep });
    const { steps, loss, halted } = await request('train', { steps: 50, collect: true });
    expect(steps).toBeLessThan(50);
    expect(loss).toHaveLength(steps);
    expect(halted!.step).toBe(steps + 1);
    expect(halted!.layer).toMatch(/^dense_\d$/);
    expect(halted!.error.what).toContain(`Step ${steps + 1}`);
    expect(halted!.error.what).toContain(halted!.layer);
    expect(halted!.error.remedy).toContain('learning rate');
    expect(eventsOf('halted')).toHaveLength(1);
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'halted', step: steps });
    expect(eventsOf('metrics').at(-1)!.loss.length).toBeGreaterThan(0);

    const kept = await request('getWeights', {});
    await request('reset', {});
    await request('train', { steps });
    expect(await request('getWeights', {})).toEqual(kept);
  });

  it('is played again only after a lower learning rate, other weights or a reset', async () => {
    const { request } = await createReadySession({}, absurd);
    await request('setModel', { model: deep });
    const good = await request('getWeights', {});
    await request('train', { steps: 50 });
    await expect(request('train', { steps: 1 })).rejects.toThrow(/Lower the learning rate/);
    await request('configure', { settings: { ...absurd, optimizer: { kind: 'sgd', learningRate: 0.01 } } });
    await request('train', { steps: 1 });
    await request('setWeights', { weights: good });
    expect((await request('train', { steps: 20 })).steps).toBe(20);
    await request('reset', {});
    expect((await request('train', { steps: 20 })).steps).toBe(20);
  });
});
