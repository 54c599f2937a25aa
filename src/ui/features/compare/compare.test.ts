import { describe, expect, it } from 'vitest';
import { presets } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../../../model/settings';
import { parseModelSpec } from '../../../model/spec';
import { toCsv } from '../../kit/export/table';
import type { KeptRun } from '../../stores/kept-run';
import { Series } from '../../kit/plot/series';
import { chosenRuns, PRESENT } from './compare-store';
import { differencesOf, resultsOf } from './differences';
import { gradientNorm, matchingLayers, overlay, valueAt } from './run-curves';
import { overlayTable, runsTable } from './runs-table';

function run(id: string, change: Partial<KeptRun> = {}): KeptRun {
  const model = presets.find((preset) => preset.id === 'mlp')!.spec;
  return {
    id,
    name: id,
    keptAt: 0,
    byItself: false,
    model,
    settings: DEFAULT_SETTINGS,
    parameters: resolveModel(model).parameters,
    dataset: 'MNIST',
    backend: 'CPU',
    steps: 4,
    epoch: 0,
    msPerStep: 10,
    examplesPerSecond: 100,
    normSlots: [
      { layer: 'dense_1', tensor: 'weight' },
      { layer: 'dense_1', tensor: 'bias' },
      { layer: 'dense_2', tensor: 'weight' },
    ],
    rows: [2, 4].map((step) => ({ step, loss: 1 / step, accuracy: step / 10, norms: [3, 4, step] })),
    evaluations: [],
    ...change,
  };
}

const options = { smoothing: 0, scale: 'linear' } as const;
const loss = () => (row: { loss: number }) => row.loss;

describe('two runs on shared axes', () => {
  it('have values on the same steps, each only where it was trained', () => {
    const longer = run('b', { rows: [1, 3, 5].map((step) => ({ step, loss: step, accuracy: 0, norms: [0, 0, 0] })) });
    const { points, last } = overlay(run('a'), longer, loss, options);
    expect(points.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(points.map(({ a }) => a)).toEqual([null, 0.5, 0.375, 0.25, null]);
    expect(points.map(({ b }) => b)).toEqual([1, 2, 3, 4, 5]);
    expect(last).toEqual({ a: 0.25, b: 5 });
  });

  it.each([
    [396, 416],
    [150, 416],
    [399, 100_000],
    [5000, 5001],
  ])('draw the first %i of %i equal steps as the same line', (less, more) => {
    const rowsOf = (steps: number) => {
      const series = new Series();
      for (let step = 1; step <= steps; step++) {
        const noise = ((step * 7919) % 101) / 100;
        series.append({ step, loss: 1 / step + noise, accuracy: noise, norms: [1 + noise, 0, 1] });
      }
      return series.full();
    };
    const runs = [run('a', { rows: rowsOf(less) }), run('b', { rows: rowsOf(more) })] as const;
    for (const quantity of [loss, gradientNorm('dense_1')]) {
      const { points } = overlay(...runs, quantity, { smoothing: 0.6, scale: 'log' });
      // The last point of the shorter run covers only the steps that there are, and the line ends
      // there.
      const shared = points.filter(({ a }) => a !== null).slice(0, -2);
      expect(points.length).toBeGreaterThan(Math.min(100, less));
      for (const { a, b } of shared) expect(a).toBeCloseTo(b!, 10);
    }
  });

  it('keep to a few hundred points, however long they are', () => {
    const rows = (from: number) =>
      Array.from({ length: 400 }, (_, i) => ({ step: from + 7 * i, loss: i, accuracy: 0, norms: [1, 1, 1] }));
    const { points } = overlay(run('a', { rows: rows(1) }), run('b', { rows: rows(3) }), loss, options);
    expect(points.length).toBeLessThanOrEqual(200);
    expect(points.every(({ a, b }) => a !== null || b !== null)).toBe(true);
  });

  it('break where a value is not finite, or is zero on a log axis', () => {
    const rows = [1, 2, 3].map((step) => ({ step, loss: [1, NaN, 0][step - 1]!, accuracy: 0, norms: [] }));
    expect(overlay(run('a', { rows }), null, loss, options).points.map(({ a }) => a)).toEqual([1, null, 0]);
    expect(overlay(run('a', { rows }), null, loss, { ...options, scale: 'log' }).points.map(({ a }) => a)).toEqual([
      1,
      null,
      null,
    ]);
  });

  it('show validation results at their step', () => {
    const evaluations = [{ split: 'validation' as const, step: 3, loss: 9, accuracy: 0.9, images: 10, whole: true }];
    const { points } = overlay(run('a', { evaluations }), null, loss, { ...options, evaluated: (point) => point.loss });
    expect(points.map(({ aValidation }) => aValidation)).toEqual([null, 9]);
  });

  it('take values between two rows from the line between them', () => {
    const line = { steps: [10, 20], values: [1, 3] };
    expect([9, 10, 15, 20, 21].map((step) => valueAt(line, step))).toEqual([null, 1, 2, 3, null]);
  });
});

describe('gradient norms', () => {
  it('are those of weight and bias together, of one layer or of all', () => {
    const [row] = run('a').rows;
    expect(gradientNorm('dense_1')(run('a'))!(row!)).toBe(5);
    expect(gradientNorm(null)(run('a'))!(row!)).toBeCloseTo(Math.sqrt(9 + 16 + 4), 12);
    expect(gradientNorm('conv2d_1')(run('a'))).toBeNull();
  });

  it('are compared for the layers that both have', () => {
    const other = run('b', { normSlots: [{ layer: 'dense_2', tensor: 'weight' }] });
    expect(matchingLayers(run('a'), other)).toEqual(['dense_2']);
    expect(matchingLayers(run('a'), null)).toEqual(['dense_1', 'dense_2']);
    expect(matchingLayers(null, null)).toEqual([]);
  });
});

describe('what differs', () => {
  it('is nothing between equal runs', () => {
    expect(differencesOf(run('a'), run('b'))).toEqual([]);
  });

  it('are the settings and layers that are not the same', () => {
    const settings = changeSettings(DEFAULT_SETTINGS, { batchSize: 32, optimizer: { kind: 'sgd', learningRate: 0.5 } });
    const [first, ...rest] = run('b').model.layers;
    const model = { ...run('b').model, layers: [first!, { kind: 'dropout', rate: 0.5 } as const, ...rest] };
    const lines = differencesOf(run('a'), run('b', { settings, model }));
    expect(lines).toContainEqual({ name: 'Optimizer', a: 'Adam', b: 'SGD' });
    expect(lines).toContainEqual({ name: 'Batch size', a: '128', b: '32' });
    expect(lines).toContainEqual({ name: 'Beta 1', a: '0.9', b: '–' });
    expect(lines).toContainEqual({ name: 'dropout_1', a: '–', b: 'rate 0.5' });
    expect(lines.map(({ name }) => name)).not.toContain('Seed');
  });

  it('is where the first weights came from', () => {
    const [a, b, old] = [run('a', { firstWeights: 'pretrained' }), run('b', { firstWeights: 'fresh' }), run('c')];
    expect(differencesOf(a, b)).toEqual([{ name: 'First weights', a: 'pre-trained', b: 'drawn anew' }]);
    expect(differencesOf(a, old)).toEqual([{ name: 'First weights', a: 'pre-trained', b: 'unknown' }]);
  });

  it('is found in the last digit of a setting, in the size of the images and in the order of the layers', () => {
    const rate = (learningRate: number) => ({
      settings: changeSettings(DEFAULT_SETTINGS, { optimizer: { learningRate } }),
    });
    expect(differencesOf(run('a', rate(0.001)), run('b', rate(0.00104)))).toEqual([
      { name: 'Learning rate', a: '0.001', b: '0.00104' },
    ]);

    const layers = [{ kind: 'batchNormalization' }, { kind: 'activation', activation: 'relu' }, { kind: 'flatten' }];
    const network = (input: number[], order: number[]) => ({
      model: parseModelSpec({ name: 'Order', input, layers: order.map((i) => layers[i]) }),
    });
    const straight = run('a', network([28, 28, 1], [0, 1, 2]));
    expect(differencesOf(straight, run('b', network([8, 8, 3], [0, 1, 2])))).toEqual([
      { name: 'Input', a: '28×28×1', b: '8×8×3' },
    ]);
    expect(differencesOf(straight, run('b', network([28, 28, 1], [1, 0, 2])))).toEqual([
      {
        name: 'Order of layers',
        a: 'batchNormalization_1, activation_1, flatten_1',
        b: 'activation_1, batchNormalization_1, flatten_1',
      },
    ]);
  });
});

describe('how two runs did', () => {
  it('names the better one where that can be said', () => {
    const rows = [{ step: 9, loss: 0.1, accuracy: 0.2, norms: [] }];
    const lines = resultsOf(run('a'), run('b', { rows, msPerStep: 20 }));
    const better = (name: string) => lines.find((line) => line.name === name)!.better;
    expect(better('Last training loss')).toBe('b');
    expect(better('Last training accuracy')).toBe('a');
    expect(better('Time per step')).toBe('a');
    expect(better('Steps')).toBeUndefined();
    expect(better('Test accuracy')).toBeUndefined();
  });

  it('takes the best and the last of the validation', () => {
    const point = (step: number, accuracy: number) => ({
      split: 'validation' as const,
      step,
      loss: 1,
      accuracy,
      images: 1,
      whole: true,
    });
    const lines = resultsOf(run('a', { evaluations: [point(1, 0.9), point(2, 0.8)] }), run('b'));
    expect(lines.find(({ name }) => name === 'Best validation accuracy')).toMatchObject({ a: '90.0 %', b: '–' });
    expect(lines.find(({ name }) => name === 'Last validation accuracy')).toMatchObject({ a: '80.0 %' });
  });
});

describe('the table of two runs', () => {
  it('has the values that the lines go through', () => {
    const { columns, rows } = overlayTable(
      overlay(run('a'), run('b', { rows: run('b').rows.slice(1) }), loss, options),
      { a: 'mine' },
      String,
    );
    expect(columns.map(({ name }) => name)).toEqual(['step', 'A: mine', 'B']);
    expect(rows).toEqual([
      [2, 0.5, null],
      [4, 0.25, 0.25],
    ]);
  });

  it('has every recorded step of both, and all layers of either', () => {
    const evaluations = [{ split: 'test' as const, step: 4, loss: 0.5, accuracy: 0.75, images: 10, whole: true }];
    const other = run('b, again', { normSlots: [{ layer: 'conv2d_1', tensor: 'weight' }], evaluations });
    const [head, first, , third, last] = toCsv(runsTable([run('a'), other])).split('\r\n');
    expect(head).toMatch(
      /^run,step,training loss \(nats\),.*,gradient norm dense_1,gradient norm dense_2,gradient norm conv2d_1$/,
    );
    expect(first).toBe('a,2,0.5,0.2,,,,,5,2,');
    expect(third).toBe('"b, again",2,0.5,0.2,,,,,,,3');
    expect(last).toBe('"b, again",4,0.25,0.4,,,0.5,0.75,,,3');
  });
});

describe('the runs chosen', () => {
  const kept = [{ id: 'x' }, { id: 'y' }];
  it('are the present one and the last kept until others are', () => {
    expect(chosenRuns({ a: null, b: null }, kept)).toEqual({ a: PRESENT, b: 'y' });
    expect(chosenRuns({ a: null, b: null }, [])).toEqual({ a: PRESENT, b: null });
    expect(chosenRuns({ a: 'y', b: 'x' }, kept)).toEqual({ a: 'y', b: 'x' });
  });

  it('are never the same, and never one that was deleted', () => {
    expect(chosenRuns({ a: 'y', b: 'y' }, kept)).toEqual({ a: 'y', b: 'x' });
    expect(chosenRuns({ a: 'gone', b: 'gone' }, kept)).toEqual({ a: PRESENT, b: 'y' });
    expect(chosenRuns({ a: 'x', b: 'gone' }, [{ id: 'x' }])).toEqual({ a: 'x', b: PRESENT });
  });
});
