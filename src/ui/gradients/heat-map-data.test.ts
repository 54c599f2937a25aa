import { expect, it } from 'vitest';
import { heatMap, shadeOf } from './heat-map-data';

const series = (values: (number | null)[][], steps = values[0].map((_, i) => i + 1)) => ({
  layers: values.map((_, l) => `layer_${l}`),
  steps,
  values,
});

it('gathers steps in columns of equal length, with the geometric mean of norms', () => {
  const { columns, cells, domain } = heatMap(series([[1, 100, 0.01, 1]]), 'decades', 2);
  expect(columns).toEqual([
    { from: 1, to: 2 },
    { from: 3, to: 4 },
  ]);
  expect(cells[0][0]).toBeCloseTo(10, 12);
  expect(cells[0][1]).toBeCloseTo(0.1, 12);
  expect(domain).toEqual([0.1, 10]);
});

it('leaves no column without a value, however the steps lie', () => {
  const { columns, cells } = heatMap(series([[0.1, 0.2, 0.3]], [1, 50, 1000]), 'share', 10);
  expect(columns).toEqual([
    { from: 1, to: 50 },
    { from: 51, to: 1000 },
  ]);
  expect(cells[0][0]).toBeCloseTo(0.15, 12);
});

it('keeps NaN, infinity, zero and "not measured" apart', () => {
  const map = heatMap(series([[1, NaN, Infinity, 0, null, 4]]), 'decades', 100);
  expect(map.cells[0]).toEqual([1, NaN, Infinity, 0, null, 4]);
  expect(map.domain).toEqual([1, 10]);
  const shades = map.cells[0].map((value) => shadeOf(value, map));
  expect(shades.slice(0, 5)).toEqual([0, null, null, null, null]);
  expect(shades[5]).toBeCloseTo(Math.log10(4), 12);
});

it('one NaN among many values spoils its column, a zero does not', () => {
  expect(heatMap(series([[1, NaN]]), 'linear', 1).cells[0][0]).toBeNaN();
  expect(heatMap(series([[0, 5]]), 'decades', 1).cells[0][0]).toBeCloseTo(5, 12);
  expect(heatMap(series([[0, 0]]), 'decades', 1).cells[0][0]).toBe(0);
});

it('has a range also where all values are the same, or none is there', () => {
  expect(heatMap(series([[3, 3]]), 'linear', 9).domain).toEqual([3, 4]);
  expect(heatMap(series([[1, 1]]), 'decades', 9).domain).toEqual([1, 10]);
  expect(heatMap({ layers: [], steps: [], values: [] }, 'decades', 9)).toEqual({
    layers: [],
    columns: [],
    cells: [],
    domain: [1e-3, 1],
    scale: 'log',
  });
});
