import { expect, it } from 'vitest';
import { heatMap, shadeOf } from './heat-map-data';
import { captionOf, columnText } from './heat-map-words';

const series = (values: (number | null)[][], steps = values[0]!.map((_, i) => i + 1)) => ({
  layers: values.map((_, l) => `layer_${l}`),
  steps,
  firsts: steps,
  values,
});

it('gathers steps in columns of equal length, with the geometric mean of norms', () => {
  const { columns, cells, domain } = heatMap(series([[1, 100, 0.01, 1]]), 'decades', 2);
  expect(columns).toEqual([
    { from: 1, to: 2, measured: 2 },
    { from: 3, to: 4, measured: 2 },
  ]);
  expect(cells[0]![0]).toBeCloseTo(10, 12);
  expect(cells[0]![1]).toBeCloseTo(0.1, 12);
  expect(domain).toEqual([0.1, 10]);
});

it('leaves no column without a value, however the steps lie', () => {
  const { columns, cells } = heatMap(series([[0.1, 0.2, 0.3]], [1, 50, 1000]), 'share', 10);
  expect(columns).toEqual([
    { from: 1, to: 50, measured: 2 },
    { from: 51, to: 1000, measured: 1 },
  ]);
  expect(cells[0]![0]).toBeCloseTo(0.15, 12);
});

it('begins with the first step of merged rows', () => {
  const merged = { layers: ['a'], steps: [2, 4, 5], firsts: [1, 3, 5], values: [[1, 2, 3]] };
  const map = heatMap(merged, 'linear', 10);
  expect(map.columns).toEqual([
    { from: 1, to: 2, measured: 2 },
    { from: 3, to: 4, measured: 2 },
    { from: 5, to: 5, measured: 1 },
  ]);
  expect(captionOf(map)).toBe('steps 1 to 5, a column is the mean of up to 2 steps');
  expect(map.columns.map(columnText)).toEqual([
    'steps 1 to 2 (mean of 2 steps)',
    'steps 3 to 4 (mean of 2 steps)',
    'step 5',
  ]);
});

it('says which step a wide column was measured at', () => {
  const map = heatMap(series([[0.1, 0.2]], [1, 400]), 'share', 10);
  expect(captionOf(map)).toBe('steps 1 to 400');
  expect(columnText(map.columns[1]!)).toBe('steps 2 to 400 (measured at step 400)');
  expect(captionOf(heatMap(series([[0.1]]), 'share', 10))).toBe('step 1');
  expect(captionOf(heatMap({ layers: [], steps: [], firsts: [], values: [] }, 'share', 10))).toBe('no steps yet');
});

it('keeps NaN, infinity, zero and "not measured" apart', () => {
  const map = heatMap(series([[1, NaN, Infinity, 0, null, 4]]), 'decades', 100);
  expect(map.cells[0]).toEqual([1, NaN, Infinity, 0, null, 4]);
  expect(map.domain).toEqual([1, 10]);
  const shades = map.cells[0]!.map((value) => shadeOf(value, map));
  expect(shades.slice(0, 5)).toEqual([0, null, null, null, null]);
  expect(shades[5]).toBeCloseTo(Math.log10(4), 12);
});

it('one NaN among many values spoils its column, a zero does not', () => {
  expect(heatMap(series([[1, NaN]]), 'linear', 1).cells[0]![0]).toBeNaN();
  expect(heatMap(series([[0, 5]]), 'decades', 1).cells[0]![0]).toBeCloseTo(5, 12);
  expect(heatMap(series([[0, 0]]), 'decades', 1).cells[0]![0]).toBe(0);
});

it('has a range also where all values are the same, or none is there', () => {
  expect(heatMap(series([[3, 3]]), 'linear', 9).domain).toEqual([3, 4]);
  expect(heatMap(series([[1, 1]]), 'decades', 9).domain).toEqual([1, 10]);
  expect(heatMap({ layers: [], steps: [], firsts: [], values: [] }, 'decades', 9)).toEqual({
    layers: [],
    columns: [],
    cells: [],
    domain: [1e-3, 1],
    scale: 'log',
  });
});
