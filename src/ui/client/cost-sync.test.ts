import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { NetworkCost } from '../../model/cost';
import { useCostStore } from '../stores/cost-store';
import { useModelStore } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import { createCostSync } from './cost-sync';
import { recordedAsk } from './recorded-ask.test-helper';

const fits = { batchSize: 128, largestBatch: 4096, problem: null } as NetworkCost;
const problem = {
  what: 'at a batch size of 4,096 it is too large.',
  where: { field: 'batchSize' },
  remedy: 'The largest is 900.',
};
const refused: NetworkCost = { ...fits, batchSize: 4096, largestBatch: 900, problem };
const setBatch = (batchSize: number) =>
  useRunStore.setState(({ settings }) => ({ settings: { ...settings, batchSize } }));
const resend = vi.fn();
let stop = () => {};

function begin() {
  const worker = recordedAsk();
  stop = createCostSync(worker.ask, resend).dispose;
  useRunStore.setState({ backend: 'webgpu' });
  return worker;
}

beforeEach(() => {
  vi.useFakeTimers();
  resend.mockClear();
  useModelStore.setState(useModelStore.getInitialState(), true);
  useRunStore.setState(useRunStore.getInitialState(), true);
  useCostStore.setState({ cost: null });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('asks once the backend runs, and once for several changes made in a moment', async () => {
  const { asked } = begin();
  for (const batchSize of [1, 12, 128]) setBatch(batchSize);
  await vi.runAllTimersAsync();
  expect(asked).toMatchObject([{ type: 'estimate', command: { settings: { batchSize: 128 } } }]);
  asked[0]!.resolve(fits);
  await vi.runAllTimersAsync();
  expect(useCostStore.getState().cost).toEqual(fits);
});

it('keeps the latest answer, whichever comes first', async () => {
  const { asked } = begin();
  await vi.runAllTimersAsync();
  setBatch(4096);
  await vi.runAllTimersAsync();
  asked[1]!.resolve(refused);
  asked[0]!.resolve(fits);
  await vi.runAllTimersAsync();
  expect(useCostStore.getState().cost).toEqual(refused);
});

it('knows no cost of a stack that is not valid', async () => {
  const { asked } = begin();
  await vi.runAllTimersAsync();
  asked[0]!.resolve(fits);
  useModelStore.getState().removeLayer(useModelStore.getState().layers.at(-2)!.uid);
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(1);
  expect(useCostStore.getState().cost).toBeNull();
});

it('has network and settings sent again when they fit again, and the refusal taken away', async () => {
  const { asked } = begin();
  const answer = async (cost: NetworkCost) => {
    await vi.runAllTimersAsync();
    asked.at(-1)!.resolve(cost);
    await vi.runAllTimersAsync();
  };
  await answer(fits);
  setBatch(4096);
  await answer(refused);
  useRunStore.setState({ problem: { error: problem, fatal: false } });
  expect(resend).not.toHaveBeenCalled();
  setBatch(900);
  await answer(fits);
  expect(resend).toHaveBeenCalledTimes(1);
  expect(useRunStore.getState().problem).toBeNull();
  setBatch(800);
  await answer(fits);
  expect(resend).toHaveBeenCalledTimes(1);
});
