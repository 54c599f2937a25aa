import { expect, it } from 'vitest';
import { addLiveChange, liveChangesAfter, type LiveChange } from '../../model/live-settings';
import { createReadySession, tinyModel, tinySettings, type TestSession } from './session.test-helper';

const adam = {
  ...tinySettings,
  optimizer: { kind: 'adam' as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};
const withRate = (learningRate: number) => ({ ...adam, optimizer: { ...adam.optimizer, learningRate } });

const changesOf = ({ eventsOf }: TestSession) =>
  eventsOf('liveSettings').reduce<LiveChange[]>((changes, { change }) => addLiveChange(changes, change), []);

/** Trains a number of steps at each rate, one rate after the other. */
async function trainAt(session: TestSession, stretches: [rate: number, steps: number][]) {
  for (const [rate, steps] of stretches) {
    await session.request('configure', { settings: withRate(rate) });
    await session.request('train', { steps });
  }
}

it('tells from which step on a learning rate holds', async () => {
  const session = await createReadySession({}, adam);
  await trainAt(session, [
    [0.01, 4],
    [0.02, 3],
    [0.02, 2],
    [0.005, 2],
  ]);
  expect(changesOf(session)).toEqual([
    { step: 1, settings: { learningRate: 0.01 } },
    { step: 5, settings: { learningRate: 0.02 } },
    { step: 10, settings: { learningRate: 0.005 } },
  ]);
});

it('replays steps with their own learning rates: a reload between two changes gives the same bits', async () => {
  const before = await createReadySession({}, adam);
  await trainAt(before, [
    [0.01, 4],
    [0.02, 3],
  ]);
  const { weights, step, optimizer } = await before.request('snapshot', {});
  await trainAt(before, [
    [0.02, 2],
    [0.005, 6],
    [0.03, 3],
  ]);
  // The page is left before any step uses this rate.
  await before.request('configure', { settings: withRate(0.5) });
  const replay = liveChangesAfter(changesOf(before), step);
  expect(replay.map((change) => change.step)).toEqual([5, 10, 16]);

  const after = await createReadySession({}, withRate(0.5));
  await after.request('setModel', { model: tinyModel, start: { weights, step, optimizer, source: 'restored' } });
  await after.request('train', { steps: 11, replay });
  expect(await after.request('getWeights', {})).toEqual(await before.request('getWeights', {}));
  expect(liveChangesAfter(changesOf(after), step).map((change) => change.settings)).toEqual(
    replay.map((change) => change.settings),
  );
  // After the replay the present rate applies.
  await after.request('train', { steps: 1 });
  expect(changesOf(after).at(-1)).toEqual({ step: 19, settings: { learningRate: 0.5 } });
});
