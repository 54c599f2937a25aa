import { beforeEach, describe, expect, it } from 'vitest';
// Only a real worker session shows what the view does to a run.
import { createReadySession } from '../../../train/session/session.test-helper';
import type { Requests, RequestType } from '../../../train/wire/protocol';
import { createLayer } from '../../../model/spec';
import { restingWith } from '../../stores/run-machine/run-machine.test-helper';
import { useRunStore } from '../../stores/run-store';
import { compareWithTrace } from './explain';
import { goToStage, playSlowly, takeNextBatch } from './step-actions';
import { isStale, useStepStore } from './step-store';

/**
 * The page's handle on a real worker session on the CPU. The session reports its steps to the run
 * store.
 */
async function createHandle() {
  const { request, session } = await createReadySession();
  const sync = async () => {
    const { step } = await session.settledRun();
    useRunStore.setState({ machine: restingWith({ id: session.runId }), step });
  };
  await sync();
  return {
    request,
    sync,
    async ask<T extends RequestType>(type: T, command: Requests[T]['command']): Promise<Requests[T]['result']> {
      const result = await request(type, command);
      await sync();
      return result;
    },
  };
}

const state = () => useStepStore.getState();
const updateIndex = () => state().stages.findIndex(({ kind }) => kind === 'update');

beforeEach(() => useStepStore.setState(useStepStore.getInitialState(), true));

describe('stepping through a batch', () => {
  it('trains once, at the first update, and never by going back', async () => {
    const handle = await createHandle();
    await takeNextBatch(handle);
    expect(state()).toMatchObject({ at: 0, update: null, busy: null, error: null });
    await goToStage(handle, updateIndex() - 1);
    expect(useRunStore.getState().step).toBe(0);
    await goToStage(handle, updateIndex());
    expect(useRunStore.getState().step).toBe(1);
    const { update } = state();
    await goToStage(handle, 0);
    await goToStage(handle, state().stages.length - 1);
    expect(state().update).toBe(update);
    expect(useRunStore.getState().step).toBe(1);
    expect(isStale(state(), useRunStore.getState())).toBe(false);
  });

  it('tells the learning rate of the update, which need not be that of the trace nor the present one', async () => {
    const setRate = (learningRate: number) =>
      useRunStore.setState(({ settings }) => ({
        settings: { ...settings, optimizer: { ...settings.optimizer, learningRate } },
      }));
    const handle = await createHandle();
    setRate(0.01);
    await takeNextBatch(handle);
    setRate(0.02);
    await goToStage(handle, updateIndex());
    setRate(0.03);
    expect(state().updateRate).toBe(0.02);
    await takeNextBatch(handle);
    expect(state().updateRate).toBeNull();
  });

  it('sees what the step computes, draws of dropout included', async () => {
    const handle = await createHandle();
    const layers = [
      createLayer('flatten'),
      createLayer('dropout'),
      createLayer('dense', { units: 3, activation: 'softmax' }),
    ];
    await handle.ask('setModel', { model: { version: 1, name: '', input: [6, 6, 1], layers } });
    for (let i = 0; i < 2; i++) {
      await takeNextBatch(handle);
      await goToStage(handle, updateIndex());
      expect(compareWithTrace(state().trace!, state().update!)).toMatchObject({ agrees: true });
    }
  });

  it('does not train on a batch that is no longer the next', async () => {
    const handle = await createHandle();
    await takeNextBatch(handle);
    await handle.request('train', { steps: 2 });
    await handle.sync();
    expect(isStale(state(), useRunStore.getState())).toBe(true);
    await goToStage(handle, updateIndex());
    expect(state()).toMatchObject({ at: 0, update: null });
    expect(useRunStore.getState().step).toBe(2);
  });

  it('goes back to where it was, with the reason, if the worker refuses', async () => {
    const handle = await createHandle();
    await takeNextBatch(handle);
    await goToStage(handle, 2);
    // The page has not heard of these steps yet.
    await handle.request('train', { steps: 1 });
    await goToStage(handle, updateIndex());
    expect(state()).toMatchObject({ at: 2, update: null, busy: null });
    expect(state().error?.what).toMatch(/moved on/);
  });

  it('begins slow motion anew at the end', async () => {
    const handle = await createHandle();
    await takeNextBatch(handle);
    useStepStore.setState({ at: state().stages.length - 1 });
    playSlowly(handle);
    expect(state()).toMatchObject({ at: 0, playing: true });
  });

  it('shows why there is no batch', async () => {
    const handle = await createHandle();
    const training = handle.request('train', {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await takeNextBatch(handle);
    expect(state().error?.what).toMatch(/is training/);
    await handle.request('pause', {});
    await training;
  });
});
