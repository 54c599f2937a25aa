import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../errors';
import { DEFAULT_PRESET } from '../../model/presets';
import { useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { createModelSync } from './model-sync';
import { createQueue } from './queue';
import { recordedAsk } from './recorded-ask.test-helper';

const model = () => useModelStore.getState();
let sync: ReturnType<typeof createModelSync> | undefined;

function begin(worker = recordedAsk(['setModel'])) {
  const restarts: number[] = [];
  const queue = createQueue();
  sync = createModelSync(worker.ask, queue, async (change) => {
    restarts.push(worker.asked.length);
    await change();
  });
  return { ...worker, sync, restarts };
}

beforeEach(() => {
  vi.useFakeTimers();
  useModelStore.setState(useModelStore.getInitialState(), true);
  useRunStore.setState(useRunStore.getInitialState(), true);
});
afterEach(() => {
  sync?.dispose();
  vi.useRealTimers();
});

it('sends the network of the page at once and learns the ids of its layers', async () => {
  const { asked } = begin();
  await vi.runAllTimersAsync();
  expect(asked).toMatchObject([{ type: 'setModel', command: { model: DEFAULT_PRESET.spec } }]);
  const ids = model().layers.map(({ uid }) => useRunStore.getState().networkIds[uid]);
  expect(ids.slice(0, 3)).toEqual(['conv2d_1', 'maxPool2d_1', 'conv2d_2']);
});

it('sends several changes made in a moment as one', async () => {
  const { asked, restarts } = begin();
  await vi.runAllTimersAsync();
  const { uid } = model().layers[0];
  for (const filters of [1, 12, 128]) model().updateLayer(uid, { filters });
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(2);
  expect(asked[1].command).toMatchObject({ model: { layers: { 0: { kind: 'conv2d', filters: 128 } } } });
  expect(restarts).toHaveLength(2);
});

it('sends neither an invalid stack nor one that is trained already', async () => {
  const { asked, sync } = begin();
  await vi.runAllTimersAsync();
  const flatten = model().layers.find(({ spec }) => spec.kind === 'flatten')!;
  model().removeLayer(flatten.uid);
  await vi.runAllTimersAsync();
  expect(model().valid).toBe(false);
  expect(asked).toHaveLength(1);
  // Ids of the network in training stay: the last valid one.
  expect(useRunStore.getState().networkIds[flatten.uid]).toBe('flatten_1');
  model().undo();
  await vi.runAllTimersAsync();
  await sync.apply();
  expect(asked).toHaveLength(1);
  await sync.apply(true);
  expect(asked).toHaveLength(2);
});

it('shows why the worker refuses a network, and tries it again when asked', async () => {
  const worker = recordedAsk();
  const { asked, sync } = begin(worker);
  await vi.advanceTimersByTimeAsync(0);
  asked[0].reject(new PlaygroundError('it needs more memory than there is.'));
  await vi.advanceTimersByTimeAsync(0);
  expect(useRunStore.getState().problem?.error.what).toBe('it needs more memory than there is.');
  expect(useRunStore.getState().networkIds).toEqual({});
  const again = sync.apply();
  await vi.advanceTimersByTimeAsync(0);
  asked[1].resolve({ parameters: 1 });
  await again;
  expect(Object.keys(useRunStore.getState().networkIds)).toHaveLength(8);
});
