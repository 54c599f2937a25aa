import { beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../model/presets';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { keepEndedRun, MOST_KEPT_RUNS, useKeptRunsStore, useRecordedRunStore } from './kept-runs-store';
import { readKeptRuns } from './kept-run';
import { specOf, useModelStore } from './model/model-store';
import { routeEvent } from './route-event';
import { dispatchRun, useRunStore } from './run-store';
import { useSeriesStore } from './series-store';

const kept = () => useKeptRunsStore.getState();
const normSlots = [{ layer: 'dense_1', tensor: 'weight' as const }];

/** Begins a run of the network on the page. */
function begin(runId: number): void {
  routeEvent({ type: 'run', runId, normSlots, stepsPerEpoch: 10, dataset: null });
  dispatchRun({ type: 'network', network: { spec: specOf(useModelStore.getState()), ids: {} } });
}

function train(runId: number, steps: number): void {
  const column = (value: number) => new Float32Array(steps).fill(value);
  const measured = { examplesPerSecond: 100, msPerStep: 2 };
  routeEvent({
    type: 'metrics',
    runId,
    firstStep: 1,
    epoch: 1,
    loss: column(0.123456789),
    accuracy: column(1),
    norms: column(3),
    ...measured,
  });
}

beforeEach(() => {
  useModelStore.getState().loadSpec(presets.find(({ id }) => id === 'mlp')!.spec);
  useRunStore.setState(useRunStore.getInitialState(), true);
  useKeptRunsStore.setState({ runs: [] });
  useRecordedRunStore.setState({ recorded: null });
  useSeriesStore.getState().clear();
});

describe('a kept run', () => {
  it('holds what was trained and how it went', () => {
    begin(1);
    kept().keep();
    expect(kept().runs).toEqual([]);
    train(1, 5);
    kept().keep();
    const [run] = kept().runs;
    expect(run).toMatchObject({ steps: 5, byItself: false, settings: DEFAULT_SETTINGS, msPerStep: 2, normSlots });
    expect(run!.model.layers).toHaveLength(useModelStore.getState().layers.length);
    expect(run!.rows.at(-1)).toEqual({ step: 5, loss: 0.12346, accuracy: 1, norms: [3] });
  });

  it('says which steps a row stands for', () => {
    begin(1);
    train(1, 1000);
    kept().keep();
    expect(kept().runs[0]!.rows[1]).toMatchObject({ first: 5, step: 8 });
  });

  it('is brought up to date when kept again, under the name it was given', () => {
    begin(1);
    train(1, 3);
    kept().keep();
    kept().rename(kept().runs[0]!.id, 'Mine');
    routeEvent({ type: 'state', runId: 1, state: 'paused', step: 7, epoch: 0 });
    kept().keep();
    expect(kept().runs).toHaveLength(1);
    expect(kept().runs[0]).toMatchObject({ name: 'Mine', steps: 7 });
  });

  it('begins anew where it was deleted meanwhile', () => {
    begin(1);
    train(1, 3);
    kept().keep();
    kept().remove(kept().runs[0]!.id);
    kept().keep();
    expect(kept().runs).toHaveLength(1);
  });
});

describe('a run that ends', () => {
  it('is kept by itself after a hundred steps, with the network it had', () => {
    begin(1);
    train(1, 99);
    begin(2);
    expect(kept().runs).toEqual([]);
    train(2, 100);
    useModelStore.getState().loadSpec(presets.find(({ id }) => id === 'logistic-regression')!.spec);
    begin(3);
    expect(kept().runs).toHaveLength(1);
    expect(kept().runs[0]).toMatchObject({
      byItself: true,
      name: presets.find(({ id }) => id === 'mlp')!.spec.name,
      steps: 100,
    });
  });

  it('keeps the learning rate it ended with, and nothing else that was changed for the next', () => {
    begin(1);
    train(1, 100);
    const { optimizer } = DEFAULT_SETTINGS;
    const lower = { ...DEFAULT_SETTINGS, optimizer: { ...optimizer, learningRate: 0.5 } };
    // The worker took the first of two changes; the second begins another run.
    dispatchRun({ type: 'settings', settings: lower });
    useRunStore.setState({ settings: { ...lower, batchSize: 7 } });
    begin(2);
    expect(kept().runs[0]!.settings).toMatchObject({ batchSize: 128, optimizer: { learningRate: 0.5 } });
  });

  it('takes the place of the oldest that was kept by itself, never of one that a person kept', () => {
    for (let runId = 1; runId <= MOST_KEPT_RUNS + 1; runId++) {
      begin(runId);
      train(runId, 100);
      if (runId !== 2) kept().keep();
    }
    // Run 2 was kept automatically, so the last run took its place.
    expect(kept().runs).toHaveLength(MOST_KEPT_RUNS);
    expect(kept().runs.every(({ byItself }) => !byItself)).toBe(true);
    const ids = () => kept().runs.map(({ id }) => id);
    const before = ids();
    begin(99);
    train(99, 200);
    begin(100);
    expect(ids()).toEqual(before);
    expect(new Set(kept().runs.map(({ name }) => name)).size).toBe(MOST_KEPT_RUNS);
  });

  it('is not kept where it only begins once more, after a reload', () => {
    begin(1);
    train(1, 100);
    routeEvent({ type: 'run', runId: 2, normSlots, stepsPerEpoch: 10, dataset: null, source: 'restored' });
    expect(kept().runs).toEqual([]);
  });

  it('is not kept before anything has begun', () => {
    keepEndedRun();
    expect(kept().runs).toEqual([]);
  });
});

describe('what the browser had stored', () => {
  it('comes back as it was, with NaN for what JSON cannot hold', () => {
    begin(1);
    train(1, 4);
    kept().keep();
    const [run] = kept().runs;
    run!.rows.push({ first: 5, step: 8, loss: NaN, accuracy: 0, norms: [Infinity] });
    const stored: unknown = JSON.parse(JSON.stringify({ runs: [run] }));
    const [back] = readKeptRuns(stored);
    expect(back!.rows.at(-1)).toEqual({ first: 5, step: 8, loss: NaN, accuracy: 0, norms: [NaN] });
    expect({ ...back, rows: [] }).toEqual({ ...run, rows: [] });
  });

  it('is left out where it is not understood', () => {
    begin(1);
    train(1, 4);
    kept().keep();
    const good = kept().runs[0];
    const broken = [
      null,
      7,
      { ...good, rows: [] },
      { ...good, rows: [{ step: 'x' }] },
      { ...good, model: { layers: 3 } },
      { ...good, settings: { batchSize: -1 } },
      { ...good, evaluations: undefined },
    ];
    expect(readKeptRuns({ runs: [...broken, good] })).toHaveLength(1);
    for (const stored of [undefined, null, 'runs', { runs: 'x' }, []]) expect(readKeptRuns(stored)).toEqual([]);
  });
});
