import { describe, expect, it } from 'vitest';
import type { SeriesRow } from './series';
import { accuracyAxis, decadeAxis, lossAxis, lossScale, stepAxis } from './axes';
import { combinedNorm, drawable, groupSize, marksOf, smooth, thin, trainableLayers } from './curves';

const rowsOf = (values: number[], stride = 1): SeriesRow[] =>
  values.map((loss, i) => ({ step: (i + 1) * stride, loss, accuracy: 0, norms: [] }));
const loss = (row: SeriesRow) => row.loss;

describe('trainableLayers', () => {
  it('groups weight and bias by layer, in depth order, without outputs', () => {
    const layers = trainableLayers([
      { layer: 'conv2d_1', tensor: 'weight' },
      { layer: 'conv2d_1', tensor: 'bias' },
      { layer: 'conv2d_1', tensor: 'output' },
      { layer: 'flatten_1', tensor: 'output' },
      { layer: 'dense_1', tensor: 'weight' },
    ]);
    expect(layers).toEqual([
      { layer: 'conv2d_1', slots: [0, 1] },
      { layer: 'dense_1', slots: [4] },
    ]);
    expect(combinedNorm([3, 4, 100], layers[0]!.slots)).toBe(5);
    expect(combinedNorm([3, NaN], [0, 1])).toBeNaN();
  });
});

describe('thin', () => {
  it('keeps short series as they are', () => {
    expect(thin(rowsOf([3, 1, 2]), [loss])).toEqual({ steps: [1, 2, 3], firsts: [1, 2, 3], values: [[3, 1, 2]] });
    expect(thin([], [loss])).toEqual({ steps: [], firsts: [], values: [[]] });
    expect(thin(rowsOf(Array.from({ length: 300 }, (_, i) => i)), [loss], 1).steps).toHaveLength(300);
    const again = [1, 2, 2, 3].map((step, i) => ({ step, loss: i === 1 ? NaN : step }));
    expect(thin(again, [(row) => row.loss])).toEqual({ steps: [1, 2, 3], firsts: [1, 2, 3], values: [[1, NaN, 3]] });
  });

  it.each([201, 399, 400, 500, 1234])('%i rows become at most 200 points', (length) => {
    const curve = thin(
      rowsOf(
        Array.from({ length }, (_, i) => i),
        7,
      ),
      [loss],
    );
    expect(curve.steps.length).toBeLessThanOrEqual(200);
    expect(curve.steps.length).toBeGreaterThan(90);
    expect(curve.steps.at(-1)).toBe(length * 7);
  });

  it('leaves inner points in place while the window moves on', () => {
    const all = rowsOf(Array.from({ length: 600 }, (_, i) => Math.sin(i)));
    const [a, b] = [thin(all.slice(0, 500), [loss]), thin(all.slice(4, 504), [loss])];
    const inner = (curve: typeof a) => curve.steps.slice(5, -5).map((step, i) => [step, curve.values[0]![i + 5]]);
    const seen = new Map(inner(a).map(([step, value]) => [step, value]));
    const shared = inner(b).filter(([step]) => seen.has(step));
    expect(shared.length).toBeGreaterThan(100);
    for (const [step, value] of shared) expect(value).toBe(seen.get(step));
  });

  it('knows the first step of every point, also where a row stands for several', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ first: 4 * i + 1, step: 4 * i + 4, loss: i }));
    const { steps, firsts } = thin(rows, [(row) => row.loss], groupSize(rows, 4));
    expect(firsts[0]).toBe(1);
    expect(firsts.slice(1)).toEqual(steps.slice(0, -1).map((step) => step + 1));
  });

  it('counts a row as often as it has steps, and keeps it apart where there is room', () => {
    const rows = [
      { first: 1, step: 4, loss: 1 },
      { first: 5, step: 8, loss: 1 },
      { first: 9, step: 9, loss: 6 },
    ];
    expect(thin(rows, [(row) => row.loss], 12)).toEqual({ steps: [9], firsts: [1], values: [[14 / 9]] });
    expect(thin(rows, [(row) => row.loss])).toEqual({ steps: [4, 8, 9], firsts: [1, 5, 9], values: [[1, 1, 6]] });
  });

  it('makes groups of whole rows', () => {
    const rows = Array.from({ length: 9 }, (_, i) => ({ first: 4 * i + 1, step: Math.min(4 * i + 4, 33), loss: i }));
    expect(groupSize(rows, 9)).toBe(1);
    expect(groupSize(rows, 8)).toBe(8);
    expect(thin(rows, [(row) => row.loss], 8).steps).toEqual([8, 16, 24, 32, 33]);
  });

  it('does not lose a NaN', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i === 123 ? NaN : 1));
    expect(thin(rowsOf(values), [loss]).values[0]!.filter(Number.isNaN)).toHaveLength(1);
  });
});

describe('smooth', () => {
  it('keeps a constant and starts at the first value', () => {
    for (const scale of ['linear', 'log'] as const)
      for (const y of smooth([2, 2, 2], 0.9, scale)) expect(y).toBeCloseTo(2, 12);
    expect(smooth([5, 1], 0.5)[0]).toBe(5);
    // Weights 1/2 and 1/4, bias-corrected by 3/4.
    expect(smooth([4, 1], 0.5)[1]).toBeCloseTo(2, 12);
    expect(smooth([4, 1], 0)).toEqual([4, 1]);
  });

  it('works on logarithms for a log axis', () => {
    expect(smooth([1, 4], 0.5, 'log')[1]).toBeCloseTo(4 ** (2 / 3), 12);
    expect(smooth([1, 4], 0.5)[1]).toBeCloseTo(3, 12);
  });

  it.each([0.5, 0.95])('stays within half a decade of values that jump over six decades, smoothing %s', (factor) => {
    for (const values of [
      [1, 2, 1.5, 1.88e7],
      [2e3, 1e3, 1e-3, 1e-3, 1e-3],
      [1, 1, 1e6, 1, 1],
    ]) {
      smooth(values, factor, 'log').forEach((value, i) => {
        expect(Math.abs(Math.log10(value / values[i]!))).toBeLessThanOrEqual(0.5 + 1e-9);
      });
    }
    // The line then continues from there: once the values are constant, it reaches them.
    const settled = smooth([1, ...Array.from({ length: 200 }, () => 1e6)], factor, 'log').at(-1)!;
    expect(Math.log10(settled)).toBeCloseTo(6, 3);
  });

  it('leaves gaps out of the geometric mean', () => {
    const [with0, without] = [smooth([2, 0, NaN, null, 3], 0.5, 'log'), smooth([2, 3], 0.5, 'log')];
    expect(with0.slice(1, 4)).toEqual([0, NaN, null]);
    expect(with0.at(-1)).toBe(without.at(-1));
  });

  it('passes NaN, infinity and zero through without spoiling the average', () => {
    expect(smooth([1, NaN, Infinity, 1], 0.5)).toEqual([1, NaN, Infinity, 1]);
    expect(smooth([1, 0, 1], 0.5, 'log')).toEqual([1, 0, 1]);
  });
});

describe('marks', () => {
  it('marks the first point of each stretch', () => {
    expect(marksOf([1, 2, 3, 4, 5], [1, NaN, NaN, 0, Infinity], 'log')).toEqual([
      { step: 2, label: 'NaN', edge: 'top' },
      { step: 4, label: 'zero', edge: 'bottom' },
      { step: 5, label: 'infinite', edge: 'top' },
    ]);
    expect(marksOf([1], [0], 'linear')).toEqual([]);
  });

  it('breaks lines there', () => {
    expect([drawable(0, 'log'), drawable(0, 'linear'), drawable(NaN, 'linear'), drawable(1, 'log')]).toEqual([
      null,
      0,
      null,
      1,
    ]);
  });
});

describe('axes', () => {
  it('has whole decades', () => {
    expect(decadeAxis([0.02, 3])).toEqual({ domain: [0.01, 10], ticks: [0.01, 0.1, 1, 10] });
    expect(decadeAxis([1])).toEqual({ domain: [0.1, 10], ticks: [0.1, 1, 10] });
    expect(decadeAxis([])).toEqual({ domain: [0.001, 1], ticks: [0.001, 0.01, 0.1, 1] });
    expect(decadeAxis([1e-20, 1, NaN, Infinity, 0, null]).ticks.length).toBeLessThanOrEqual(6);
  });

  it('covers losses, accuracies and steps', () => {
    expect(lossAxis([2.303, 0.1, NaN, null]).domain).toEqual([0, 2.5]);
    expect([[2.3, 1e-6], [2.3, 900], [2.3, 3e9, NaN], [null]].map(lossScale)).toEqual([
      'linear',
      'linear',
      'log',
      'linear',
    ]);
    expect(accuracyAxis([0.1, 0.99]).domain).toEqual([0, 1]);
    expect(accuracyAxis([0.95, 0.99]).domain).toEqual([0.9, 1]);
    expect(stepAxis([1, 2, 3]).domain).toEqual([1, 3]);
    expect(stepAxis([1, 2, 493]).domain).toEqual([0, 500]);
    expect(stepAxis([1, 2, 493])).toEqual(stepAxis([1, 2, 481]));
    expect(stepAxis([])).toEqual({ domain: [0, 1], ticks: [0, 1] });
    expect(stepAxis([7])).toEqual({ domain: [6, 8], ticks: [7] });
  });
});
