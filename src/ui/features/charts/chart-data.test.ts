import { describe, expect, it } from 'vitest';
import type { EvaluationPoint } from '../../stores/run-store';
import { trainedGradients } from '../../parts/charts/gradient-curves';
import { layerCurves, nearestLayer } from '../../parts/charts/layer-curves';
import { layerTable } from '../../parts/charts/layer-table';
import { metricCurves } from './metric-curves';
import { metricTable } from './metric-table';

const evaluation = (step: number, loss: number, split: EvaluationPoint['split'] = 'validation'): EvaluationPoint => {
  return { split, step, epoch: 1, result: { loss, accuracy: 0.5, confusion: [] }, images: 10, whole: true };
};

describe('metricCurves', () => {
  const rows = [10, 20, 30, 40].map((step) => ({
    step,
    loss: step === 30 ? NaN : step / 10,
    accuracy: 0.5,
    norms: [],
  }));

  it('places validation results at the points next to their step and breaks the line at NaN', () => {
    const curves = metricCurves(
      'loss',
      rows,
      [evaluation(5, 9), evaluation(12, 1.5), evaluation(15, 7, 'test'), evaluation(60, 2.5)],
      0,
    );
    expect(curves.points.map(({ train, validation }) => [train, validation])).toEqual([
      [1, null],
      [2, 1.5],
      [null, null],
      [4, 2.5],
    ]);
    expect(curves.marks).toEqual([{ step: 30, label: 'NaN', edge: 'top' }]);
  });

  it('shows a validation result from within the steps of the first point', () => {
    const merged = [64, 128].map((step) => ({ first: step - 63, step, loss: 1, accuracy: 0, norms: [] }));
    expect(
      metricCurves('loss', merged, [evaluation(0, 9), evaluation(20, 2)], 0).points.map(({ validation }) => validation),
    ).toEqual([2, null]);
  });

  it('keeps the measured values beside the smoothed ones', () => {
    const curves = metricCurves('loss', rows, [], 0.5);
    expect(curves.raw.slice(0, 2)).toEqual([1, 2]);
    expect(curves.points[1]!.raw).toBe(2);
    expect(curves.points[1]!.train).toBeCloseTo(5 / 3, 12);
  });
});

describe('layerCurves', () => {
  const slots = [
    { layer: 'conv2d_1', tensor: 'weight' },
    { layer: 'conv2d_1', tensor: 'bias' },
    { layer: 'dense_1', tensor: 'weight' },
  ] as const;
  const rows = [1, 2, 3].map((step) => ({ step, loss: 1, accuracy: 0, norms: [0.003, 0.004, step === 3 ? 0 : 5] }));

  const gradientCurves = () => layerCurves(trainedGradients(rows, slots), 'decades', 0);

  it('gives one line per trainable layer and marks a gradient that is gone', () => {
    const curves = gradientCurves();
    expect(curves.layers).toEqual(['conv2d_1', 'dense_1']);
    expect(curves.points[0]!.layer0).toBeCloseTo(0.005, 12);
    expect(curves.points[2]!.layer1).toBeNull();
    expect(curves.marks).toEqual([{ step: 3, label: 'zero', edge: 'bottom', layer: 1 }]);
    expect(curves.y.domain).toEqual([0.001, 10]);
  });

  it('finds the line under the pointer on the log axis', () => {
    const curves = gradientCurves();
    // 0.005 is 0.7 of the first of four decades, 5 is 0.7 of the last.
    expect(nearestLayer(curves, { x: 0, y: 0.175 })).toBe(0);
    expect(nearestLayer(curves, { x: 0, y: 0.9 })).toBe(1);
    expect(nearestLayer(curves, { x: 0, y: 0.5 })).toBeNull();
    expect(nearestLayer(curves, { x: 1, y: 0.9 })).toBeNull();
  });

  it('breaks a line where nothing was measured, and reaches for the guide', () => {
    const series = { layers: ['a'], steps: [1, 2, 3], firsts: [1, 2, 3], values: [[0.1, null, 0.2]] };
    const curves = layerCurves(series, 'decades', 0.5, [1e-3]);
    expect(curves.points[1]!.layer0).toBeNull();
    expect(curves.marks).toEqual([]);
    expect(curves.y.domain).toEqual([0.001, 1]);
    expect(layerCurves(series, 'share', 0).y.domain).toEqual([0, 1]);
    expect(layerCurves({ ...series, values: [[-0.3, 0, 0.7]] }, 'linear', 0).y.domain).toEqual([-0.4, 0.8]);
  });
});

describe('tables', () => {
  it('has a column per layer, or training beside validation, with all digits', () => {
    const table = layerTable(
      {
        layers: ['a', 'b'],
        steps: [1, 2],
        firsts: [1, 2],
        values: [
          [1 / 3, NaN],
          [null, 2],
        ],
      },
      'L2 norm',
      String,
    );
    expect(table.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['step', undefined],
      ['a', 'L2 norm'],
      ['b', 'L2 norm'],
    ]);
    expect(table.rows).toEqual([
      [1, 1 / 3, null],
      [2, NaN, 2],
    ]);
  });

  it('names the first and the last step of rows that stand for several', () => {
    const series = { layers: ['a'], steps: [86, 87], firsts: [85, 87], values: [[1, 2]] };
    const { columns, rows, note } = layerTable(series, 'L2 norm', String);
    expect(columns.map(({ name }) => name)).toEqual(['first step', 'last step', 'a']);
    expect(rows).toEqual([
      [85, 86, 1],
      [87, 87, 2],
    ]);
    expect(note).toBeTruthy();
    const merged = [{ first: 85, step: 86, loss: 0.5, accuracy: 0, norms: [] }];
    expect(metricTable('loss', merged, [evaluation(85, 0.4), evaluation(86, 0.3)], String).rows).toEqual([
      [85, 85, null, 0.4, 10],
      [85, 86, 0.5, 0.3, 10],
    ]);
  });

  it('keeps a validation result between two rows of the thinned run', () => {
    const rows = [4, 8].map((step) => ({ step, loss: 1 / step, accuracy: 0, norms: [] }));
    const { rows: cells } = metricTable(
      'loss',
      rows,
      [evaluation(6, 0.5), evaluation(2, 9), evaluation(8, 0.25)],
      String,
    );
    expect(cells).toEqual([
      [4, 0.25, null, null],
      [6, null, 0.5, 10],
      [8, 0.125, 0.25, 10],
    ]);
  });
});
