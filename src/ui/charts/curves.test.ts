import { describe, expect, it } from 'vitest';
import type { SeriesRow } from '../stores/series';
import { accuracyAxis, decadeAxis, lossAxis, stepAxis } from './axes';
import { combinedNorm, drawable, marksOf, smooth, thin, trainableLayers } from './curves';

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
    expect(combinedNorm([3, 4, 100], layers[0].slots)).toBe(5);
    expect(combinedNorm([3, NaN], [0, 1])).toBeNaN();
  });
});

describe('thin', () => {
  it('keeps short series as they are', () => {
    expect(thin(rowsOf([3, 1, 2]), [loss])).toEqual({ steps: [1, 2, 3], values: [[3, 1, 2]] });
    expect(thin([], [loss])).toEqual({ steps: [], values: [[]] });
    expect(thin(rowsOf(Array.from({ length: 300 }, (_, i) => i)), [loss], Infinity).steps).toHaveLength(300);
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
    const inner = (curve: typeof a) => curve.steps.slice(5, -5).map((step, i) => [step, curve.values[0][i + 5]]);
    const seen = new Map(inner(a).map(([step, value]) => [step, value]));
    const shared = inner(b).filter(([step]) => seen.has(step));
    expect(shared.length).toBeGreaterThan(100);
    for (const [step, value] of shared) expect(value).toBe(seen.get(step));
  });

  it('does not lose a NaN', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i === 123 ? NaN : 1));
    expect(thin(rowsOf(values), [loss]).values[0].filter(Number.isNaN)).toHaveLength(1);
  });
});

describe('smooth', () => {
  it('keeps a constant and starts at the first value', () => {
    for (const scale of ['linear', 'log'] as const) for (const y of smooth([2, 2, 2], 0.9, scale)) expect(y).toBeCloseTo(2, 12);
    expect(smooth([5, 1], 0.5)[0]).toBe(5);
    // Weights 1/2 and 1/4, bias-corrected by 3/4.
    expect(smooth([4, 1], 0.5)[1]).toBeCloseTo(2, 12);
    expect(smooth([4, 1], 0)).toEqual([4, 1]);
  });

  it('works on logarithms for a log axis', () => {
    expect(smooth([1e-4, 1e2], 0.5, 'log')[1]).toBeCloseTo(1, 12);
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
    expect([drawable(0, 'log'), drawable(0, 'linear'), drawable(NaN, 'linear'), drawable(1, 'log')]).toEqual([null, 0, null, 1]);
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
    expect(accuracyAxis([0.1, 0.99]).domain).toEqual([0, 1]);
    expect(accuracyAxis([0.95, 0.99]).domain).toEqual([0.9, 1]);
    expect(stepAxis([1, 2, 500]).domain).toEqual([1, 500]);
    expect(stepAxis([1]).domain).toEqual([1, 2]);
  });
});
