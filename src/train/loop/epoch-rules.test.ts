import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { EpochEnd, EpochRule } from './epoch-rules';
import { createReadySession, tinySettings } from '../session/session.test-helper';

/** Opens a session whose validation takes `ms` milliseconds. */
async function validatingIn(ms: number, settings: object = tinySettings) {
  const engine = createCpuEngine();
  const createNetwork = engine.createNetwork.bind(engine);
  engine.createNetwork = async (...given) => {
    const network = await createNetwork(...given);
    const evaluate = network.evaluate.bind(network);
    network.evaluate = async (...asked) => {
      const logits = await evaluate(...asked);
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      return logits;
    };
    return network;
  };
  return createReadySession({ factories: { webgpu: async () => engine, cpu: async () => engine } }, settings);
}

/** Stops when the validation loss has fallen below a limit. */
function stopsBelow(loss: number) {
  const seen: EpochEnd[] = [];
  const rule: EpochRule = {
    needsValidation: () => true,
    decide(end) {
      seen.push(end);
      return end.validation && end.validation.loss < loss ? 'stop' : 'goOn';
    },
  };
  return { rule, seen };
}

async function trainWith(rule: EpochRule, ms: number, epochs = 12, settings: object = tinySettings) {
  const test = await validatingIn(ms, settings);
  const result = await test.session.begin((run) =>
    run.requireTrainer().train({ steps: epochs * run.stepsPerEpoch, collect: true, rules: [rule] }),
  );
  return { ...test, result };
}

describe('a rule at the end of an epoch', () => {
  it('takes the same decision at the same step, however long the validation takes', async () => {
    const [fast, slow] = [stopsBelow(1), stopsBelow(1)];
    const [first, second] = [await trainWith(fast.rule, 0), await trainWith(slow.rule, 40)];
    expect(fast.seen.length).toBeGreaterThan(1);
    expect(fast.seen.length).toBeLessThan(12);
    expect(slow.seen).toEqual(fast.seen);
    expect(second.result.loss).toEqual(first.result.loss);
    expect(first.result.steps).toBe(5 * fast.seen.length);
    expect(await second.request('getWeights', {})).toEqual(await first.request('getWeights', {}));
  });

  it('is given the validation of that very step, which the page sees as well', async () => {
    const { rule, seen } = stopsBelow(0);
    const { eventsOf } = await trainWith(rule, 5, 3);
    const wholes = eventsOf('evaluation').filter(({ whole }) => whole);
    expect(wholes.map(({ step, result }) => [step, result])).toEqual(
      seen.map(({ step, validation }) => [step, validation]),
    );
    expect(seen.map(({ step, epoch }) => [step, epoch])).toEqual([
      [5, 1],
      [10, 2],
      [15, 3],
    ]);
  });

  it('leaves every bit of the training as it is while it does not stop it', async () => {
    const { result, request } = await trainWith(stopsBelow(0).rule, 0, 3);
    const alone = await createReadySession();
    const { loss } = await alone.request('train', { epochs: 3, collect: true });
    expect(result.loss).toEqual(loss);
    expect(await request('getWeights', {})).toEqual(await alone.request('getWeights', {}));
  });

  it('decides without a validation where it needs none, or where no images are held back', async () => {
    const seen: EpochEnd[] = [];
    const rule = (needed: boolean): EpochRule => ({
      needsValidation: () => needed,
      decide: (end) => (seen.push(end) === 2 ? 'stop' : 'goOn'),
    });
    await trainWith(rule(false), 1000, 5);
    await trainWith(rule(true), 1000, 1, { ...tinySettings, validationSplit: 0 });
    expect(seen.map(({ validation }) => validation)).toEqual([null, null, null]);
    expect(seen[1]).toMatchObject({ epoch: 2, step: 10 });
  });

  it('is asked once an epoch, also where training goes on after a pause', async () => {
    const { rule, seen } = stopsBelow(0);
    const { session } = await trainWith(rule, 0, 1);
    await session.begin((run) => run.requireTrainer().train({ steps: 7, rules: [rule] }));
    expect(seen.map(({ step }) => step)).toEqual([5, 10]);
  });
});
