import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../errors';
import { useModelStore } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import type { Ask } from './ask';
import { createQueue } from './queue';
import { createSettingsSync } from './settings-sync';

let sync: ReturnType<typeof createSettingsSync> | undefined;

beforeEach(() => {
  useRunStore.setState(useRunStore.getInitialState(), true);
  useModelStore.setState(useModelStore.getInitialState(), true);
});
afterEach(() => sync?.dispose());

/** A worker that accepts batches up to a limit, which may change. */
function begin(limit: { batchSize: number }) {
  const ask = vi.fn(async (_type: string, { settings }: { settings: { batchSize: number } }) => {
    if (settings.batchSize > limit.batchSize)
      throw new PlaygroundError(`a batch of ${settings.batchSize} does not fit.`);
    return null;
  });
  const queue = createQueue();
  sync = createSettingsSync(ask as unknown as Ask, queue, async (change) => void (await change()));
  return { ask, queue, sync };
}

it('what the worker has taken can be trained with', async () => {
  const { ask, queue, sync } = begin({ batchSize: 100 });
  sync.change({ batchSize: 64 });
  await queue.idle();
  await sync.requireAccepted();
  expect(ask).toHaveBeenCalledOnce();
});

it('refused settings stay on the page, and nothing trains with those before them under their name', async () => {
  const { queue, sync } = begin({ batchSize: 100 });
  sync.change({ batchSize: 4096 });
  await queue.idle();
  expect(useRunStore.getState().problem?.error.what).toMatch(/4096 does not fit/);
  await expect(sync.requireAccepted()).rejects.toThrow(/4096 does not fit/);
});

it('what was refused is asked for again, as another network may have come since', async () => {
  const limit = { batchSize: 100 };
  const { queue, sync } = begin(limit);
  sync.change({ batchSize: 4096 });
  await queue.idle();
  limit.batchSize = 5000;
  await sync.requireAccepted();
});

it('undoing a change of settings sends those before it', async () => {
  const { ask, queue, sync } = begin({ batchSize: 100 });
  sync.change({ batchSize: 64 });
  await queue.idle();
  useModelStore.getState().undo();
  await queue.idle();
  expect(ask.mock.calls.map(([, { settings }]) => settings.batchSize)).toEqual([64, 128]);
});

it('several changes in a row are sent as one, an unchanged one as well when it is asked for', async () => {
  const { ask, queue, sync } = begin({ batchSize: 100 });
  for (const batchSize of [1, 12, 64]) sync.change({ batchSize });
  await queue.idle();
  expect(ask).toHaveBeenCalledOnce();
  sync.change({});
  await queue.idle();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(useModelStore.getState().past).toHaveLength(1);
});
