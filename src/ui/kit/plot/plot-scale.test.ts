import { describe, expect, it } from 'vitest';
import { decadeAxis, linearAxis, shareAxis, stepAxis } from './axes';
import { linePath } from './line-path';
import { plotScale } from './plot-scale';

const size = { width: 264, height: 130 };
const points = (values: (number | null)[]) => values.map((line, index) => ({ step: index + 1, index, line }));

describe('plotScale', () => {
  it('puts the ends of the axes at the ends of the plot', () => {
    const { x, y, area } = plotScale(size, stepAxis([0, 100]), decadeAxis([0.01, 9]), 'log');
    expect([x(0), x(50), x(100)]).toEqual([46, 146, 246]);
    expect([y(0.01), y(10)]).toEqual([area.bottom, area.top]);
    expect(y(1)).toBeCloseTo(area.bottom - (2 / 3) * 100, 9);
  });

  it('has no place for what a log axis cannot show, and a far one for what lies far outside', () => {
    const { y } = plotScale(size, stepAxis([1, 2]), decadeAxis([1e-3, 1]), 'log');
    expect([-0.4, 0, NaN, Infinity, -Infinity].map(y)).toEqual([null, null, null, null, null]);
    expect(plotScale(size, stepAxis([1, 2]), linearAxis([0, 1]), 'linear').y(1e30)).toBe(-1e5);
  });
});

describe('linePath', () => {
  // A switch of the quantity may bring values of one kind to the axis of another for a moment.
  it.each([
    ['means below zero on decades', [-0.2, 0.3, -0.1, 0], 'log', decadeAxis([0.01, 1])],
    ['dead units of zero on decades', [0, 0, 0], 'log', decadeAxis([1e-4, 1])],
    ['exploding norms on shares', [1e300, Infinity, NaN], 'linear', shareAxis()],
  ] as const)('never holds NaN: %s', (_, values, kind, axis) => {
    const { d } = linePath(points([...values]), 'line', plotScale(size, stepAxis([1, 2, 3, 4]), axis, kind));
    expect(d).not.toMatch(/NaN|Infinity|undefined/);
    expect(d).toMatch(/^(M[-\d.]+ [-\d.]+(L[-\d.]+ [-\d.]+)*)*$/);
  });

  it('breaks at a gap, and joins across it where values are sparse', () => {
    const scale = plotScale(size, stepAxis([1, 2, 3, 4, 5]), shareAxis(), 'linear');
    const values = points([0, 1, null, 0.5, null]);
    expect(linePath(values, 'line', scale)).toEqual({
      d: 'M46.0 108.0L96.0 8.0M196.0 58.0',
      alone: [{ x: 196, y: 58 }],
    });
    expect(linePath(values, 'line', scale, true).d).toBe('M46.0 108.0L96.0 8.0L196.0 58.0');
  });

  it('shows a single step as a dot in the middle of the plot', () => {
    const { alone } = linePath(points([0.25]), 'line', plotScale(size, stepAxis([1]), shareAxis(), 'linear'));
    expect(alone).toEqual([{ x: 146, y: 83 }]);
  });
});
