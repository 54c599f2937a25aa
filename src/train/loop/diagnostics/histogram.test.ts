import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../random';
import { histogramOf, MOST_BINNED } from './histogram';

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

describe('histogramOf', () => {
  it('counts every finite value once, the largest in the last bin', () => {
    const { counts, min, max, smallest, largest, mean, std, below, above } = histogramOf(
      Float32Array.of(0, 1, 2, 3, 4),
      4,
    );
    expect(counts).toEqual([1, 1, 1, 2]);
    expect([min, max, smallest, largest, mean, below, above]).toEqual([0, 4, 0, 4, 2, 0, 0]);
    expect(std).toBeCloseTo(Math.SQRT2, 12);
  });

  it('sets NaN and infinities apart', () => {
    expect(histogramOf(Float32Array.of(NaN, -Infinity, Infinity, -1, 1), 2)).toEqual({
      ...{ counts: [1, 1], min: -1, max: 1, below: 0, above: 0, smallest: -1, largest: 1 },
      ...{ notANumber: 1, infinite: 2, mean: 0, std: 1 },
    });
  });

  it('puts equal values in the middle, and stays empty without finite ones', () => {
    expect(histogramOf(Float32Array.of(5, 5), 5).counts).toEqual([0, 0, 2, 0, 0]);
    expect(histogramOf(Float32Array.of(NaN), 3)).toMatchObject({
      counts: [0, 0, 0],
      min: 0,
      max: 0,
      mean: 0,
      notANumber: 1,
    });
    expect(histogramOf(new Float32Array(0), 3).counts).toEqual([0, 0, 0]);
  });

  it('does not let a few far values squash the rest', () => {
    // 1001 values from 0 to 1 and one each far to both sides: quantiles 0.5 % and 99.5 % at about
    // 0.005 and 0.995.
    const values = Float32Array.from([...Array.from({ length: 1001 }, (_, i) => i / 1000), -1e6, 1e6]);
    const histogram = histogramOf(values, 10);
    expect(histogram).toMatchObject({ below: 1, above: 1, smallest: -1e6, largest: 1e6 });
    expect(histogram.min).toBeCloseTo(0.004 - 0.2 * 0.992, 2);
    expect(histogram.max).toBeCloseTo(0.996 + 0.2 * 0.992, 2);
    expect(sum(histogram.counts)).toBe(1001);
    expect(histogram.counts.filter((count) => count > 100).length).toBeGreaterThanOrEqual(6);
  });

  it('reaches from the smallest to the largest where nearly all values are equal', () => {
    const values = new Float32Array(1000);
    values[7] = -2;
    values[900] = 6;
    expect(histogramOf(values, 4)).toMatchObject({ min: -2, max: 6, counts: [1, 998, 0, 1], below: 0, above: 0 });
  });

  it('holds nearly all of a normal distribution', () => {
    const random = createRandom(3);
    const values = Float32Array.from({ length: 50_000 }, () => random.normal());
    const { counts, below, above, min, max, mean, std } = histogramOf(values);
    expect(sum(counts) + below + above).toBe(50_000);
    expect(below + above).toBeLessThan(50);
    expect([min, max].map(Math.abs).every((end) => end > 3.2 && end < 4.2)).toBe(true);
    expect(mean).toBeCloseTo(0, 1);
    expect(std).toBeCloseTo(1, 1);
  });

  it('is exact about spread far from zero, and about NaN that the bins do not meet', () => {
    const values = Float32Array.from({ length: 3 * MOST_BINNED }, (_, i) => 4096 + (i % 2));
    values[1] = NaN;
    const { counts, notANumber, mean, std } = histogramOf(values);
    expect(notANumber).toBe(1);
    expect(mean).toBeCloseTo(4096.5, 4);
    expect(std).toBeCloseTo(0.5, 6);
    expect(sum(counts)).toBe(MOST_BINNED);
  });
});
