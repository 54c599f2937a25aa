import { describe, expect, it } from 'vitest';
import { epochOrder, splitIndices } from './split';

const sorted = (...parts: Uint32Array[]) => parts.flatMap((part) => [...part]).sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('splitIndices', () => {
  it.each([
    [60_000, 0.1, 6_000],
    [10, 0.1, 1],
    [3, 0.01, 1],
    [1, 0.5, 0],
    [2, 0.9, 1],
    [7, 0, 0],
    [0, 0.1, 0],
  ])('%i rows with share %f: %i for validation, every row once', (count, share, held) => {
    const { train, validation } = splitIndices(count, share, 7);
    expect(validation).toHaveLength(held);
    expect(sorted(train, validation)).toEqual(upTo(count));
  });

  it('is the same for the same seed and another for another', () => {
    expect(splitIndices(1000, 0.1, 3)).toEqual(splitIndices(1000, 0.1, 3));
    expect(splitIndices(1000, 0.1, 3).validation).not.toEqual(splitIndices(1000, 0.1, 4).validation);
  });

  it('draws from the whole range', () => {
    const { validation } = splitIndices(10_000, 0.1, 1);
    const mean = validation.reduce((sum, row) => sum + row, 0) / validation.length;
    // The mean of 1,000 rows out of 10,000 has a standard deviation of about 87.
    expect(Math.abs(mean - 5000)).toBeLessThan(350);
  });
});

describe('epochOrder', () => {
  const { train } = splitIndices(500, 0.1, 1);
  it('visits every row once and leaves its argument alone', () => {
    const before = train.slice();
    expect(sorted(epochOrder(train, 1, 0))).toEqual(sorted(train));
    expect(train).toEqual(before);
  });
  it('depends on seed and epoch alone', () => {
    expect(epochOrder(train, 1, 5)).toEqual(epochOrder(train, 1, 5));
    expect(epochOrder(train, 1, 5)).not.toEqual(epochOrder(train, 1, 6));
    expect(epochOrder(train, 1, 5)).not.toEqual(epochOrder(train, 2, 5));
  });
});
