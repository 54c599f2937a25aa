import { formatNumber } from '../../kit/format';

/**
 * Formats a probability with enough digits to show how far it is from 1: 0.999964 rather than 1.00.
 * `formatNumber` would round it to 1.00, which would not match the logarithm shown beside it. It
 * says 1 only if the probability is 1 to all seven digits of a float32.
 */
export function formatProbability(probability: number): string {
  if (!(probability >= 0.9995)) return formatNumber(probability);
  const missing = 1 - probability;
  if (missing < 5e-8) return '1';
  // Keeps two digits of the difference from 1.
  return probability.toFixed(Math.min(7, 1 - Math.floor(Math.log10(missing))));
}
