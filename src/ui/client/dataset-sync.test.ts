import { beforeEach, expect, it } from 'vitest';
import { PlaygroundError } from '../../errors';
import { useRunStore } from '../stores/run-store';
import type { ResumeAfter } from './ask';
import { createDatasetSync } from './dataset-sync';
import { recordedAsk, settle } from './recorded-ask.test-helper';

const atOnce: ResumeAfter = async (change) => void (await change());

beforeEach(() => useRunStore.setState(useRunStore.getInitialState(), true));

it('opens with MNIST, and a choice made at once comes after it', async () => {
  const { ask, asked } = recordedAsk();
  const sync = createDatasetSync(ask, Promise.resolve(), atOnce);
  const chosen = sync.choose('generated');
  await settle();
  expect(asked.map(({ command }) => command)).toMatchObject([{ dataset: 'mnist' }, { dataset: 'generated' }]);
  asked[1]!.resolve('the digits');
  expect([await chosen, await sync.loaded()]).toEqual(['the digits', 'the digits']);
  expect(useRunStore.getState().datasetChoice).toBe('generated');
  // The other choice cancelled this load, and that is not a problem to show.
  asked[0]!.reject(new PlaygroundError('another data set was chosen meanwhile.'));
  await settle();
  expect(useRunStore.getState().problem).toBeNull();
});

it('opens with the data of the last visit, as soon as they are known and the backend runs', async () => {
  const { ask, asked } = recordedAsk();
  let know!: (dataset: 'generated') => void;
  createDatasetSync(ask, Promise.resolve(), atOnce, new Promise((resolve) => (know = resolve)));
  await settle();
  expect(asked).toEqual([]);
  know('generated');
  await settle();
  expect(asked).toMatchObject([{ command: { dataset: 'generated', reload: false } }]);
});

it('keeps the data that were there where others cannot be used, and says why the first could not', async () => {
  const { ask, asked } = recordedAsk();
  const sync = createDatasetSync(ask, Promise.resolve(), atOnce);
  await settle();
  asked[0]!.resolve('mnist');
  await sync.loaded();
  const bad = sync.choose('generated', true);
  await settle();
  expect(asked[1]!.command).toMatchObject({ reload: true });
  asked[1]!.reject(new PlaygroundError('no.'));
  await expect(bad).rejects.toThrow('no.');
  expect([await sync.loaded(), useRunStore.getState().datasetChoice]).toEqual(['mnist', 'mnist']);
  const other = recordedAsk();
  createDatasetSync(other.ask, Promise.resolve(), atOnce);
  await settle();
  other.asked[0]!.reject(new PlaygroundError('no images.'));
  await settle();
  expect(useRunStore.getState().problem?.error.what).toBe('no images.');
});

it('says of a choice by a button why it cannot be had, unless another was made meanwhile', async () => {
  const { ask, asked } = recordedAsk();
  const sync = createDatasetSync(ask, Promise.resolve(), atOnce);
  await settle();
  asked[0]!.resolve('mnist');
  sync.pick('generated');
  sync.pick('mnist', true);
  await settle();
  asked[1]!.reject(new PlaygroundError('another data set was chosen meanwhile.'));
  await settle();
  expect(useRunStore.getState().problem).toBeNull();
  asked[2]!.reject(new PlaygroundError('no images.'));
  await settle();
  expect(useRunStore.getState().problem?.error.what).toBe('no images.');
});

it('lets training go on with other data of the same shape', async () => {
  const { ask, asked } = recordedAsk();
  const kept: string[] = [];
  const resumeAfter: ResumeAfter = async (change) => {
    kept.push('change');
    await change();
    kept.push('changed');
  };
  const sync = createDatasetSync(ask, Promise.resolve(), resumeAfter);
  await settle();
  asked[0]!.resolve('mnist');
  await sync.loaded();
  // The first data do not interrupt training, because training waits for them.
  expect(kept).toEqual([]);
  const chosen = sync.choose('generated');
  await settle();
  expect(kept).toEqual(['change']);
  asked[1]!.resolve('the digits');
  expect([await chosen, kept]).toEqual(['the digits', ['change', 'changed']]);
});
