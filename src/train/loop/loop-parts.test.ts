import { describe, expect, it } from 'vitest';
import { customDataset } from '../../data/custom';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { createLayer } from '../../model/spec';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { StepRequest, StepResult } from '../../backend/engine';
import { findOverflow, LARGEST_NORM, overflowError } from './find-overflow';
import { MetricsRecorder } from './metrics';
import { imagesAt } from './pixels';
import { ChunkSizer, pumpSteps } from './pump';
import { stripes, tinyModel, tinySettings } from '../session/session.test-helper';
import { StepPlan } from './step-plan';
import { ValidationSchedule } from './validation-schedule';

describe('StepPlan', () => {
  const rows = Uint32Array.from({ length: 10 }, (_, i) => i + 100);
  const plan = new StepPlan(rows, 4, 1);

  it('covers an epoch with a smaller last batch, and never passes its end', () => {
    expect(plan.stepsPerEpoch).toBe(3);
    expect(plan.requestsAfter(1, 99, 0.5)).toEqual([
      { step: 2, offset: 4, count: 4, learningRate: 0.5 },
      { step: 3, offset: 8, count: 2, learningRate: 0.5 },
    ]);
    expect(plan.requestsAfter(3, 1, 0.5, 3)).toEqual([{ step: 1, offset: 0, count: 4, learningRate: 0.5 }]);
  });

  it('knows the rows of any step', () => {
    const epoch = [4, 5, 6].flatMap((step) => [...plan.batchOf(step)]);
    expect(epoch).toEqual([...plan.order(1)]);
    expect(epoch).not.toEqual([...plan.order(0)]);
    expect(epoch.toSorted()).toEqual([...rows]);
  });
});

describe('pumpSteps', () => {
  const request = (step: number): StepRequest => ({ step, offset: 0, count: 1, learningRate: 0 });
  const result = (step: number): StepResult => ({
    step,
    loss: 0,
    accuracy: 0,
    norms: new Float32Array(0),
    halted: false,
  });

  /** A backend whose steps take 2 ms each of a clock of its own. */
  function createClockwork(total: number) {
    let [clock, inFlight, mostInFlight, submitted] = [0, 0, 0, 0];
    const chunks: number[] = [];
    const trainSteps = async (steps: readonly StepRequest[]) => {
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      chunks.push(steps.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
      clock += 2 * steps.length;
      inFlight--;
      return steps.map(({ step }) => result(step));
    };
    const next = (most: number) =>
      Array.from({ length: Math.min(most, total - submitted) }, () => request(++submitted));
    return { trainSteps, next, chunks, now: () => clock, mostInFlight: () => mostInFlight };
  }

  it('keeps two chunks in flight and lets them grow to about 60 ms', async () => {
    const network = await createCpuEngine().createNetwork(
      resolveModel(tinyModel),
      initialWeights(resolveModel(tinyModel), 1),
      tinySettings,
    );
    const { trainSteps, next, chunks, now, mostInFlight } = createClockwork(300);
    const steps: number[] = [];
    const done = (results: StepResult[]) => void steps.push(...results.map(({ step }) => step));
    await pumpSteps({
      network: Object.assign(network, { trainSteps }),
      sizer: new ChunkSizer(),
      guard: (promise) => promise,
      next,
      done,
      now,
    });
    expect(steps).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(mostInFlight()).toBe(2);
    expect(chunks[0]).toBe(1);
    expect(Math.max(...chunks)).toBe(30);
  });

  it('shrinks chunks at once when steps become slow', () => {
    const sizer = new ChunkSizer();
    for (let i = 0; i < 10; i++) sizer.measure(sizer.size, 1);
    expect(sizer.size).toBe(256);
    sizer.measure(256, 25_600);
    expect(sizer.size).toBe(1);
  });
});

describe('MetricsRecorder', () => {
  it('hands every step on, at most ten times a second', () => {
    let clock = 0;
    const columns: { firstStep: number; loss: Float32Array }[] = [];
    const recorder = new MetricsRecorder(
      0,
      (one) => columns.push(one),
      () => clock,
    );
    const step = (number: number): StepResult => ({
      step: number,
      loss: number,
      accuracy: 0,
      norms: new Float32Array(0),
      halted: false,
    });
    for (let number = 1; number <= 100; number++) {
      clock += 7;
      recorder.add([step(number)], number, 1, 7);
    }
    recorder.flush();
    // 700 ms: the first one at once, then one each 105 ms, and what was pending at the end.
    expect(columns.length).toBe(8);
    expect(columns.flatMap(({ loss }) => [...loss])).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(columns.map(({ firstStep, loss }) => firstStep === loss[0])).not.toContain(false);
  });
});

describe('ValidationSchedule', () => {
  it('glances as often as three per cent of the time allow, the first time sooner', () => {
    // 1 ms per image to train, a third of it to look at: 333 ms for a glance.
    const schedule = new ValidationSchedule(1000, () => 0);
    const trainUntilDue = () => {
      let ms = 0;
      for (; !schedule.glanceIsDue(); ms += 100) schedule.trained(100, 100);
      schedule.begun('glance');
      return ms;
    };
    expect(trainUntilDue()).toBe(3400);
    expect(trainUntilDue()).toBe(11_200);
    schedule.glanceTook(600);
    expect(trainUntilDue()).toBe(20_000);
    schedule.glanceTook(100_000);
    expect(trainUntilDue()).toBe(60_000);
  });
});

describe('findOverflow', () => {
  const dataset = customDataset(stripes());
  const model = resolveModel({
    ...tinyModel,
    layers: [createLayer('flatten'), ...[4, 4, 3].map((units) => createLayer('dense', { units }))],
  });
  const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
  const failed: StepResult = { step: 5, loss: NaN, accuracy: 0, norms: new Float32Array(10), halted: true };

  async function find(scales: Record<string, number>, result = failed) {
    return findOverflow(await networkWith(scales), model, dataset, rows, result);
  }

  async function networkWith(scales: Record<string, number>) {
    const weights = initialWeights(model, 1);
    for (const [id, scale] of Object.entries(scales))
      weights[id].weight!.data.forEach((w, i, all) => (all[i] = Math.fround(w * scale)));
    const engine = createCpuEngine();
    await engine.setDataset(dataset);
    return engine.createNetwork(model, weights, tinySettings);
  }

  it('names the first layer in forward order whose outputs are not finite', async () => {
    expect(await find({ dense_1: 1e20, dense_2: 1e20 })).toEqual({ layer: 2, where: 'outputs' });
    expect(overflowError({ layer: 2, where: 'outputs' }, model, 5, 0.1).message).toMatch(
      /^dense_2: Step 5: the outputs of dense_2.*step 4 are kept/,
    );
  });

  it('else the first in backward order whose gradients are not', async () => {
    // Outputs stay finite (tiny first layer, huge later ones), the gradient going back through both
    // huge ones does not.
    expect(await find({ dense_1: 1e-38, dense_2: 1e30, dense_3: 1e25 })).toEqual({ layer: 1, where: 'gradients' });
    expect(overflowError({ layer: 1, where: 'gradients' }, model, 1, 0.1).message).toMatch(
      /gradients of dense_1.*initial weights are kept/,
    );
  });

  it('tells gradients that are finite from a norm that is not', async () => {
    const scales = { dense_1: 1e-20, dense_2: 1e12, dense_3: 1e12 };
    const network = await networkWith(scales);
    const { images, labels } = imagesAt(dataset, 'train', rows);
    const gradient = (await network.backward(images, labels, true)).layers[1].weight!.data;
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...gradient)).toBeGreaterThan(LARGEST_NORM);
    // As the shader reports it, which sums in float32.
    const norms = Float32Array.from(network.normSlots, ({ layer, tensor }) =>
      layer === 'dense_1' && tensor === 'weight' ? Infinity : 1,
    );
    const overflow = await find(scales, { ...failed, norms });
    expect(overflow).toEqual({ layer: 1, where: 'norm' });
    const { message } = overflowError(overflow, model, 5, 1000);
    expect(message).toMatch(
      /gradients of dense_1 are finite.*norm above 1\.8e19.*squares overflows float32.*Lower the learning rate \(now 1000\)/,
    );
    expect(message).not.toMatch(/NaN|infinity/);
  });

  it('says so where nothing is found any more', async () => {
    expect(await find({})).toBeNull();
    expect(overflowError(null, model, 5, 0.1).message).toMatch(/Step 5: the loss/);
  });
});
