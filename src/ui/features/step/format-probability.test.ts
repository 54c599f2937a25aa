import { expect, it } from 'vitest';
import { formatProbability } from './format-probability';

it.each([
  [0.5, '0.500'],
  [0.001234, '1.2e-3'],
  [0.999, '0.999'],
  [0.99964, '0.99964'],
  [0.999964, '0.999964'],
  [Math.fround(1 - 2 ** -23), '0.9999999'],
  [1, '1'],
  [NaN, 'NaN'],
])('%f is written as %s', (probability, words) => {
  expect(formatProbability(probability)).toBe(words);
});

it('is a number whose logarithm is the one beside it', () => {
  for (const loss of [4e-4, 3.6e-5, 1e-6]) {
    const shown = -Math.log(Number(formatProbability(Math.exp(-loss))));
    expect(Math.abs(shown - loss) / loss).toBeLessThan(0.06);
  }
});
