import { describe, expect, it } from 'vitest';
import type { Histogram } from '../../../train/wire/protocol';
import { anyFinite, emptyWords, notFiniteWords, valueRange } from './value-range';

describe('valueRange', () => {
  it('leaves out what is not finite', () => {
    expect(valueRange(Float32Array.of(NaN, -2, Infinity, 1))).toEqual({ max: 2, signed: true });
    expect(valueRange(Float32Array.of(NaN, NaN))).toEqual({ max: 0, signed: false });
  });
});

describe('the words for a tensor without a range', () => {
  it('call zero only what is zero', () => {
    expect(emptyWords(new Float32Array(4))).toBe('all zero');
    expect(emptyWords(new Float32Array(144).fill(NaN))).toBe('no finite value: 144 NaN');
    expect(emptyWords(Float32Array.of(NaN, Infinity, -Infinity))).toBe('no finite value: 1 NaN, 2 infinite');
    expect(emptyWords(Float32Array.of(NaN, 0))).toBe('all zero but 1 NaN');
  });

  it('name what there is of NaN and infinity', () => {
    expect(notFiniteWords(0, 3)).toBe('3 infinite');
    expect(notFiniteWords(12_000, 0)).toBe('12.0k NaN');
  });
});

it('tells a histogram of zeros from one of nothing', () => {
  const none: Histogram = {
    min: 0,
    max: 0,
    counts: [0, 0],
    below: 0,
    above: 0,
    smallest: 0,
    largest: 0,
    notANumber: 144,
    infinite: 0,
    mean: 0,
    std: 0,
  };
  expect(anyFinite(none)).toBe(false);
  expect(anyFinite({ ...none, notANumber: 0 })).toBe(true);
  expect(anyFinite({ ...none, notANumber: 1, counts: [0, 1] })).toBe(true);
  expect(anyFinite({ ...none, largest: 2 })).toBe(true);
});
