import { expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createReadySession, tinyModel, tinySettings, type TestSession } from './session.test-helper';

const dropping: ModelSpec = {
  ...tinyModel,
  name: 'dropping',
  layers: [
    createLayer('conv2d', { filters: 4, padding: 'same', useBias: false }),
    createLayer('batchNormalization'),
    createLayer('activation', { activation: 'relu' }),
    createLayer('flatten'),
    createLayer('dropout', { rate: 0.3 }),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};
const adam = { kind: 'adam' as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** The two sessions share only the process. */
const openFirst = () => createReadySession({}, tinySettings);
async function openSecond(): Promise<TestSession> {
  const session = await createReadySession({}, { ...tinySettings, seed: 11, batchSize: 5, l2: 0.01, optimizer: adam });
  await session.request('setModel', { model: dropping });
  return session;
}

/** Trains one session in pieces, between which the other session gets its turn. */
async function train({ request }: TestSession, pieces: number[]) {
  const losses: number[] = [];
  for (const steps of pieces) {
    losses.push(...(await request('train', { steps, collect: true })).loss);
    await request('evaluate', { split: 'test' });
    await request('trace', {});
  }
  return { losses, weights: await request('getWeights', {}), state: await request('snapshot', {}) };
}

it('two sessions side by side, trained in turns, have the same bits as each alone', async () => {
  const pieces = [3, 7, 2, 9];
  const alone = [await train(await openFirst(), pieces), await train(await openSecond(), pieces)];
  const [first, second] = await Promise.all([openFirst(), openSecond()]);
  const together = await Promise.all([train(first, pieces), train(second, [...pieces].reverse())]);
  expect(together).toEqual(alone);
  expect(together[0].losses).not.toEqual(together[1].losses);
});

it('events, settings and data of one session are not those of the other', async () => {
  const [first, second] = await Promise.all([openFirst(), openSecond()]);
  const before = second.events.length;
  await first.request('configure', { settings: { ...tinySettings, optimizer: { kind: 'sgd', learningRate: 0.5 } } });
  await first.request('train', { steps: 2 });
  await first.request('reset', {});
  expect(second.events.length).toBe(before);
  expect(second.session.settings.optimizer).toEqual(adam);
  expect(second.session.runId).toBe(2);
});
