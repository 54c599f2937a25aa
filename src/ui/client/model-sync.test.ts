import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../errors';
import { DEFAULT_PRESET } from '../../model/presets';
import { specOf, useModelStore } from '../stores/model/model-store';
import { trainedIds } from '../stores/run-machine/selectors';
import { dispatchRun, useRunStore } from '../stores/run-store';
import { useWeightsStore } from '../stores/weights-store';
import { createModelSync, type Beginning } from './model-sync';
import { createQueue } from './queue';
import { recordedAsk } from './recorded-ask.test-helper';

const model = () => useModelStore.getState();
const idsOf = () => trainedIds(useRunStore.getState());
const beginRun = (id: number) => dispatchRun({ type: 'run', run: { id, source: null, data: null, stepsPerEpoch: 7 } });
let sync: ReturnType<typeof createModelSync> | undefined;

function begin(worker = recordedAsk(['setModel']), opening?: Promise<Beginning | null>) {
  const restarts: number[] = [];
  const queue = createQueue();
  sync = createModelSync(
    worker.ask,
    queue,
    async (change) => {
      restarts.push(worker.asked.length);
      await change();
    },
    opening,
  );
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
  const ids = model().layers.map(({ uid }) => idsOf()[uid]);
  expect(ids.slice(0, 3)).toEqual(['conv2d_1', 'maxPool2d_1', 'conv2d_2']);
});

it('sends several changes made in a moment as one', async () => {
  const { asked, restarts } = begin();
  await vi.runAllTimersAsync();
  const { uid } = model().layers[0]!;
  for (const filters of [1, 12, 128]) model().updateLayer(uid, { filters });
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(2);
  expect(asked[1]!.command).toMatchObject({ model: { layers: { 0: { kind: 'conv2d', filters: 128 } } } });
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
  // The ids of the network in training stay, which is the last valid one.
  expect(idsOf()[flatten.uid]).toBe('flatten_1');
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
  asked[0]!.reject(new PlaygroundError('it needs more memory than there is.'));
  await vi.advanceTimersByTimeAsync(0);
  expect(useRunStore.getState().problem?.error.what).toBe('it needs more memory than there is.');
  expect(idsOf()).toEqual({});
  const again = sync.apply();
  await vi.advanceTimersByTimeAsync(0);
  asked[1]!.resolve({ parameters: 1, kept: [] });
  await again;
  expect(Object.keys(idsOf())).toHaveLength(8);
});

it('has layers keep their weights through an edit, and says which did', async () => {
  const worker = recordedAsk();
  const { asked } = begin(worker);
  await vi.advanceTimersByTimeAsync(0);
  asked[0]!.resolve({ parameters: 1, kept: [] });
  await vi.advanceTimersByTimeAsync(0);
  beginRun(2);
  useRunStore.setState({ step: 5 });
  model().removeLayer(model().layers[2]!.uid);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked[1]!.command).toMatchObject({
    keep: { conv2d_1: 'conv2d_1', maxPool2d_2: 'maxPool2d_2', conv2d_2: 'conv2d_3', dense_1: 'dense_1' },
  });
  beginRun(3);
  asked[1]!.resolve({ parameters: 1, kept: ['conv2d_1', 'dense_1'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(useWeightsStore.getState().edit).toEqual({ runId: 3, kept: ['conv2d_1', 'dense_1'], fresh: ['conv2d_2'] });
  // A network that replaces this one has no layer in common with it.
  model().loadSpec(specOf(model()));
  model().updateLayer(model().layers[0]!.uid, { filters: 5 });
  await vi.advanceTimersByTimeAsync(400);
  expect(asked[2]!.command).toMatchObject({ keep: {} });
  asked[2]!.resolve({ parameters: 1, kept: [] });
  await vi.advanceTimersByTimeAsync(0);
  expect(useWeightsStore.getState().edit).toBeNull();
});

describe('the weights that the page opens with', () => {
  const start = { weights: {}, step: 7, source: 'restored' } as const;

  it('are sent with their network', async () => {
    const { asked } = begin(undefined, Promise.resolve({ model: DEFAULT_PRESET.spec, start }));
    await vi.runAllTimersAsync();
    expect(asked).toMatchObject([{ command: { start } }]);
  });

  it('are left away where another network came meanwhile, or where there are none', async () => {
    let arrive!: (beginning: Beginning) => void;
    const { asked } = begin(undefined, new Promise((resolve) => (arrive = resolve)));
    model().updateLayer(model().layers[0]!.uid, { filters: 5 });
    arrive({ model: DEFAULT_PRESET.spec, start: { ...start, source: 'pretrained' } });
    await vi.runAllTimersAsync();
    expect(asked.map(({ command }) => command)).toMatchObject([
      { start: undefined, model: { layers: { 0: { filters: 5 } } } },
    ]);
    sync!.dispose();
    useRunStore.setState(useRunStore.getInitialState(), true);
    const { asked: without } = begin(undefined, Promise.reject(new Error('no storage')));
    await vi.runAllTimersAsync();
    expect(without).toMatchObject([{ command: { start: undefined } }]);
  });

  it('go on with their own network where the stack has a problem, and with the stack once it is repaired', async () => {
    const [flatten] = model().layers.filter(({ spec }) => spec.kind === 'flatten');
    model().removeLayer(flatten!.uid);
    expect(model().valid).toBe(false);
    const { asked } = begin(undefined, Promise.resolve({ model: DEFAULT_PRESET.spec, start }));
    await vi.runAllTimersAsync();
    expect(asked).toMatchObject([{ command: { model: DEFAULT_PRESET.spec, start } }]);
    const networkIds = idsOf();
    expect(model().layers.map(({ uid }) => networkIds[uid])).toEqual([
      'conv2d_1',
      'maxPool2d_1',
      'conv2d_2',
      'maxPool2d_2',
      'conv2d_3',
      'maxPool2d_3',
      'dense_1',
    ]);
    model().addLayer('flatten', 6);
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(1);
    expect(idsOf()[model().layers[6]!.uid]).toBe('flatten_1');
  });

  it('are kept by the layers of a newer stack that are as they were', async () => {
    model().updateLayer(model().layers[0]!.uid, { filters: 5 });
    const { asked } = begin(undefined, Promise.resolve({ model: DEFAULT_PRESET.spec, start }));
    await vi.runAllTimersAsync();
    expect(asked).toMatchObject([
      { command: { start } },
      { command: { keep: { conv2d_2: 'conv2d_2', dense_1: 'dense_1' } } },
    ]);
  });

  it('are left away where the worker refuses them', async () => {
    const worker = recordedAsk();
    const { asked } = begin(worker, Promise.resolve({ model: DEFAULT_PRESET.spec, start }));
    await vi.advanceTimersByTimeAsync(0);
    asked[0]!.reject(new PlaygroundError('no.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked[1]!.command).toMatchObject({ start: undefined });
    asked[1]!.resolve({ parameters: 1, kept: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect([useRunStore.getState().problem, Object.keys(idsOf()).length]).toEqual([null, 8]);
  });
});
