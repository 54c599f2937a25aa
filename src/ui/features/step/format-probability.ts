import { formatNumber } from '../../kit/words/format';

/**
 * A probability with as many figures as its difference from 1 takes: where `formatNumber` would say
 * 1.00, the logarithm beside it would be that of another number. 0.999964 and not 1.00; 1 only
 * where it is 1 to all seven figures of a float32.
 */
export function formatProbability(probability: number): string {
  if (!(probability >= 0.9995)) return formatNumber(probability);
  const missing = 1 - probability;
  if (missing < 5e-8) return '1';
  // Two figures of what is missing.
  return probability.toFixed(Math.min(7, 1 - Math.floor(Math.log10(missing))));
}
