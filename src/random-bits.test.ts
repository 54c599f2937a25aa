import { describe, expect, it } from 'vitest';
import { drawBits, drawKey } from './random-bits';

const COUNT = 100_000;
const RATE = 0.3;

/** What a dropout layer keeps: 1 or 0 for each element. */
function kept(seed: number, layer: number, step: number): Uint8Array {
  const key = drawKey(seed, layer, step);
  return Uint8Array.from({ length: COUNT }, (_, i) => Number(drawBits(key, i) >= RATE * 2 ** 32));
}

/**
 * Correlation of two draws, the second shifted: within 5 / sqrt(COUNT) = 0.016 if they are
 * independent.
 */
function correlation(a: Uint8Array, b: Uint8Array, shift = 0): number {
  let both = 0;
  for (let i = 0; i < COUNT - shift; i++) both += (a[i]! - 1 + RATE) * (b[i + shift]! - 1 + RATE);
  return both / (COUNT - shift) / (RATE * (1 - RATE));
}

describe('draws by position', () => {
  const draw = kept(1, 3, 7);

  it.each([
    [0, 0, 0],
    [1, 3, 7],
    [2 ** 32 - 1, 199, 100_000],
  ])('keep the share they are meant to: seed %i, layer %i, step %i', (seed, layer, step) => {
    const share = kept(seed, layer, step).reduce((sum, one) => sum + one, 0) / COUNT;
    expect(Math.abs(share - (1 - RATE))).toBeLessThan(5 * Math.sqrt((RATE * (1 - RATE)) / COUNT));
  });

  it.each([
    ['the next layer', kept(1, 4, 7)],
    ['the next step', kept(1, 3, 8)],
    ['the next layer and the step before', kept(1, 4, 6)],
    ['the next seed', kept(2, 3, 7)],
    ['layer and step swapped', kept(1, 7, 3)],
  ])('do not depend on those of %s, nor on their neighbours', (_name, other) => {
    for (const shift of [0, 1, 2, 64, 784]) expect(Math.abs(correlation(draw, other, shift))).toBeLessThan(0.016);
  });

  it('do not depend on their neighbours in the same tensor', () => {
    for (const shift of [1, 2, 3, 4, 16, 28, 784]) expect(Math.abs(correlation(draw, draw, shift))).toBeLessThan(0.016);
  });

  it('are the same again', () => {
    expect(kept(1, 3, 7)).toEqual(draw);
  });

  it('fill every byte evenly', () => {
    const key = drawKey(5, 0, 1);
    for (const shift of [0, 8, 16, 24]) {
      const seen = new Uint32Array(256);
      for (let i = 0; i < COUNT; i++) seen[(drawBits(key, i) >>> shift) & 255]!++;
      const expected = COUNT / 256;
      // Chi-squared with 255 degrees of freedom: mean 255, standard deviation 22.6.
      expect(seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(370);
    }
  });
});
