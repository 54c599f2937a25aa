import { describe, expect, it } from 'vitest';
import type { Histogram } from '../../../../train/wire/protocol';
import { binAt, middleBound, ridgesOf, valuesOf } from './ridges';

const histogram = (min: number, max: number, counts: number[], more: Partial<Histogram> = {}): Histogram => {
  return {
    min,
    max,
    counts,
    below: 0,
    above: 0,
    smallest: min,
    largest: max,
    notANumber: 0,
    infinite: 0,
    mean: 0,
    std: 1,
    ...more,
  };
};

describe('ridgesOf', () => {
  it('puts histograms of different ranges on the same bins', () => {
    const { ridges, domain } = ridgesOf([
      { step: 1, histogram: histogram(-2, 2, [1, 1, 1, 1]) },
      { step: 9, histogram: histogram(0, 1, [8, 8]) },
    ]);
    expect(domain).toEqual([-2, 2]);
    expect(ridges[0]!.heights).toEqual(new Array(64).fill(1));
    // 0..1 is the third quarter of -2..2.
    expect(ridges[1]!.heights).toEqual(Array.from({ length: 64 }, (_, i) => (i >= 32 && i < 48 ? 1 : 0)));
  });

  it('does not let one wide slice squash the others, but always shows the newest in full', () => {
    const narrow = Array.from({ length: 30 }, (_, i) => ({ step: i + 2, histogram: histogram(-1, 1, [1, 2, 1]) }));
    const wide = { step: 1, histogram: histogram(-1000, 1000, [1, 2, 1]) };
    expect(ridgesOf([wide, ...narrow]).domain).toEqual([-1, 1]);
    expect(ridgesOf([...narrow, { ...wide, step: 99 }]).domain).toEqual([-1000, 1000]);
  });

  it('leaves out values that are all the same and outside of the shared range', () => {
    const slices = Array.from({ length: 30 }, (_, i) => ({ step: i + 2, histogram: histogram(1, 2, [1, 2, 1]) }));
    const { ridges, domain } = ridgesOf([{ step: 1, histogram: histogram(0, 0, [0, 5, 0]) }, ...slices]);
    expect(domain).toEqual([1, 2]);
    expect(ridges[0]!.heights.every((height) => height === 0)).toBe(true);
  });

  it('shows values that are all the same, and stays flat where there is none', () => {
    const { ridges, domain } = ridgesOf([{ step: 1, histogram: histogram(0, 0, [0, 5, 0]) }]);
    expect(domain).toEqual([-1, 1]);
    expect(ridges[0]!.heights.filter((height) => height > 0)).toEqual([1]);
    const none = ridgesOf([{ step: 1, histogram: histogram(0, 0, [0, 0], { notANumber: 7 }) }]);
    expect(none.ridges[0]!.heights.every((height) => height === 0)).toBe(true);
    expect(ridgesOf([])).toEqual({ ridges: [], domain: [-1, 1] });
  });
});

it('tells the bin at a value with its own count', () => {
  const own = histogram(0, 1, [3, 5], { below: 2, above: 1, notANumber: 4, infinite: 1 });
  expect(binAt(own, 0.75)).toEqual({ from: 0.5, to: 1, count: 5 });
  expect(binAt(own, 1)).toEqual({ from: 0.5, to: 1, count: 5 });
  expect(binAt(own, 1.01)).toBeNull();
  expect(binAt(histogram(2, 2, [0, 6]), 2)).toEqual({ from: 2, to: 2, count: 6 });
  expect(valuesOf(own)).toBe(16);
  // Biases before the first step are all 0, and the pointer is never at exactly 0.
  const zeros = histogram(0, 0, [0, 5, 0]);
  expect(binAt(zeros, 0.01, 0.02)).toEqual({ from: 0, to: 0, count: 5 });
  expect(binAt(zeros, 0.03, 0.02)).toBeNull();
});

it('labels 0 or the middle, unless it would touch a label at an end', () => {
  expect(middleBound([-1, 3], 200)).toEqual({ value: 0, share: 0.25 });
  expect(middleBound([2, 4], 200)).toEqual({ value: 3, share: 0.5 });
  expect(middleBound([-0.022, 0.4], 300)).toBeNull();
  expect(middleBound([-0.4, 0.022], 300)).toBeNull();
  expect(middleBound([-0.022, 0.022], 60)).toBeNull();
});
