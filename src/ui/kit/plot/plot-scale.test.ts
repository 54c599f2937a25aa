import { describe, expect, it } from 'vitest';
import { decadeAxis, linearAxis, stepAxis } from './axes';
import { plotScale } from './plot-scale';

const size = { width: 264, height: 130 };

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
