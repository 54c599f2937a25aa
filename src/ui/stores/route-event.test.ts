import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatasetInfo } from '../../data/dataset';
import { GENERATED_DIGITS } from '../../data/digits';
import type { Evaluation } from '../../train/wire/protocol';
import { useModelStore } from './model/model-store';
import { routeEvent } from './route-event';
import { isRunning, isWaiting, runIdOf } from './run-machine/selectors';
import { dispatchRun, shownFault, useRunStore } from './run-store';
import { useSeriesStore } from './series-store';

const run = () => useRunStore.getState();
const error = { what: 'it broke.', where: {}, remedy: 'Mend it.' };
const result: Evaluation = { loss: 0.5, accuracy: 0.9, confusion: [[1]] };
const info: DatasetInfo = {
  ...GENERATED_DIGITS,
  source: 'a program',
  height: 14,
  width: 14,
  counts: { train: 90, validation: 10, test: 20 },
};

const beginRun = (runId: number) => routeEvent({ type: 'run', runId, normSlots: [], stepsPerEpoch: 7, dataset: null });
const evaluated = (step: number, split: 'validation' | 'test' = 'validation') =>
  routeEvent({
    type: 'evaluation',
    runId: runIdOf(run()),
    split,
    step,
    epoch: 0,
    result,
    images: 10,
    whole: split === 'test',
  });

beforeEach(() => {
  useRunStore.setState(useRunStore.getInitialState(), true);
  useModelStore.setState(useModelStore.getInitialState(), true);
  useSeriesStore.getState().clear();
});

describe('metrics', () => {
  const metrics = (runId: number, firstStep: number) =>
    routeEvent({
      type: 'metrics',
      runId,
      firstStep,
      epoch: 1,
      loss: Float32Array.of(2, 1),
      accuracy: Float32Array.of(0.25, 0.5),
      norms: Float32Array.of(1, 2, 3, 4, 5, 6),
      examplesPerSecond: 320,
      msPerStep: 100,
    });

  it('become one row per step, with its own norms', () => {
    beginRun(3);
    metrics(3, 11);
    expect(useSeriesStore.getState().recent()).toEqual([
      { step: 11, loss: 2, accuracy: 0.25, norms: [1, 2, 3] },
      { step: 12, loss: 1, accuracy: 0.5, norms: [4, 5, 6] },
    ]);
    expect(run()).toMatchObject({ step: 12, epoch: 1, examplesPerSecond: 320, msPerStep: 100 });
  });

  it('of a run that is over are dropped', () => {
    beginRun(3);
    metrics(2, 500);
    expect(run().step).toBe(0);
    expect(useSeriesStore.getState().recent()).toEqual([]);
  });

  it('are gone when a new run begins', () => {
    beginRun(1);
    metrics(1, 1);
    evaluated(2);
    beginRun(2);
    expect(run()).toMatchObject({ step: 0, evaluations: [], lastEvaluation: {} });
    expect(run().machine.run).toMatchObject({ id: 2, stepsPerEpoch: 7 });
    expect(useSeriesStore.getState().full()).toEqual([]);
  });
});

it('keeps the evaluations in order and the last one of every split', () => {
  evaluated(5);
  evaluated(6, 'test');
  evaluated(9);
  expect(run().evaluations.map(({ split, step, whole }) => [split, step, whole])).toEqual([
    ['validation', 5, false],
    ['test', 6, true],
    ['validation', 9, false],
  ]);
  expect([run().lastEvaluation.validation?.step, run().lastEvaluation.test?.step]).toEqual([9, 6]);
});

it('takes the data with its warning, ends its progress, and fits the network to it', () => {
  routeEvent({ type: 'progress', runId: 0, what: 'Drawing digits', fraction: 0.5 });
  expect(run().progress).toEqual({ what: 'Drawing digits', fraction: 0.5 });
  routeEvent({ type: 'dataset', runId: 0, info, warning: error });
  expect(run()).toMatchObject({ dataset: info, datasetWarning: error, progress: null });
  expect(useModelStore.getState().input).toEqual([14, 14, 1]);
});

it('shows where training halted until it is playable again', () => {
  routeEvent({ type: 'halted', runId: 0, step: 4, layer: 'conv2d_1', error });
  routeEvent({ type: 'state', runId: 0, state: 'halted', step: 3, epoch: 0 });
  expect(run()).toMatchObject({ machine: { phase: 'halted' }, step: 3 });
  expect(shownFault(run())).toMatchObject({ step: 4, layer: 'conv2d_1' });
  routeEvent({ type: 'state', runId: 0, state: 'paused', step: 3, epoch: 0 });
  expect(shownFault(run())).toBeNull();
});

it('ends the waiting for training when it runs', () => {
  dispatchRun({ type: 'play', request: 1, goal: {} });
  dispatchRun({ type: 'prepared', request: 1 });
  routeEvent({ type: 'state', runId: 0, state: 'idle', step: 0, epoch: 0 });
  expect(isWaiting(run())).toBe(true);
  routeEvent({ type: 'state', runId: 0, state: 'running', step: 0, epoch: 0 });
  expect([isWaiting(run()), isRunning(run())]).toEqual([false, true]);
});

describe('problems', () => {
  const problem = (what: string, fatal = false) =>
    routeEvent({ type: 'problem', runId: 0, error: { ...error, what }, fatal });

  it('show the first, which is the cause, unless the end of everything follows', () => {
    problem('cause');
    problem('consequence');
    expect(run().problem?.error.what).toBe('cause');
    problem('the end', true);
    expect(run().problem).toMatchObject({ error: { what: 'the end' }, fatal: true });
  });

  it('end with the next run where they are a refusal of network or settings', () => {
    for (const [where, stays] of [
      [{ field: 'batchSize' }, false],
      [{ layer: 'conv2d_1' }, false],
      [{ file: 'train-images' }, true],
    ] as const) {
      useRunStore.setState({ problem: { error: { ...error, where }, fatal: false } });
      beginRun(runIdOf(run()) + 1);
      expect(run().problem !== null).toBe(stays);
    }
  });

  it('bring the backend that training goes on with', () => {
    const backend = {
      backend: 'cpu',
      adapter: 'CPU reference',
      software: true,
      note: 'The graphics device was lost.',
    } as const;
    routeEvent({ type: 'problem', runId: 0, error, fatal: false, backend });
    expect(run()).toMatchObject({
      backend: 'cpu',
      adapter: 'CPU reference',
      software: true,
      backendNote: 'The graphics device was lost.',
    });
  });
});

it('leaves answers to whoever asked', () => {
  const changed = vi.fn();
  const stop = useRunStore.subscribe(changed);
  routeEvent({ type: 'reply', runId: 0, id: 1, result: null, ms: 0 });
  routeEvent({ type: 'failure', runId: 0, id: 2, error });
  stop();
  expect(changed).not.toHaveBeenCalled();
});
