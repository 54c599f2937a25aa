import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatSetting,
  formatShape,
} from './format';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.0012, '1.2e-3'],
    [1e-30, '1.0e-30'],
    [0.00996, '0.010'],
    [0.123, '0.123'],
    [0.9996, '1.00'],
    [2.303, '2.30'],
    [12.34, '12.3'],
    [99.96, '100'],
    [999.4, '999'],
    [999.9, '1.00k'],
    [54000, '54.0k'],
    [999960, '1.00M'],
    [1.2e6, '1.20M'],
    [3.4e9, '3.40G'],
    [1e12, '1.0e12'],
    [-0.5, '−0.500'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d -> %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('never exceeds eight characters', () => {
    for (let e = -40; e < 38; e += 0.37) expect(formatNumber(-(10 ** e)).length).toBeLessThanOrEqual(8);
  });
});

it('formats counts, shares, times, bytes and shapes', () => {
  expect([8438, 9999, 54000].map(formatCount)).toEqual(['8,438', '9,999', '54.0k']);
  expect([0.9784, 0.9994, 0.99996, 1, NaN].map(formatPercent)).toEqual([
    '97.8 %',
    '99.9 %',
    '>99.9 %',
    '100.0 %',
    'NaN',
  ]);
  expect([0.1234, 12.34, 1200].map(formatMilliseconds)).toEqual(['0.123 ms', '12.3 ms', '1.20 s']);
  expect([0.3, 42, 185, 7625, Infinity].map(formatDuration)).toEqual(['< 1 s', '42 s', '3:05 min', '2:07 h', '–']);
  expect([512, 1200, 44.9e6].map(formatBytes)).toEqual(['512 B', '1.20 kB', '44.9 MB']);
  expect([[28, 28, 1], [6272]].map(formatShape)).toEqual(['28×28×1', '6,272']);
  expect([3e-3, 0.25, 1000].map(formatSetting)).toEqual(['3.0e-3', '0.250', '1,000']);
});
