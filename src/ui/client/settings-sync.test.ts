import { beforeEach, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../errors';
import { useRunStore } from '../stores/run-store';
import type { Ask } from './ask';
import { createQueue } from './queue';
import { createSettingsSync } from './settings-sync';

beforeEach(() => useRunStore.setState(useRunStore.getInitialState(), true));

/** A worker that takes batches up to a size that may change. */
function begin(limit: { batchSize: number }) {
  const ask = vi.fn(async (_type: string, { settings }: { settings: { batchSize: number } }) => {
    if (settings.batchSize > limit.batchSize) throw new PlaygroundError(`a batch of ${settings.batchSize} does not fit.`);
    return null;
  });
  const queue = createQueue();
  const sync = createSettingsSync(ask as unknown as Ask, queue, async (change) => void (await change()));
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
