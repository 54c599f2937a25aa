import type { TensorStats } from '../wire/trace-types';

/**
 * Statistics of all values of a tensor, summed in float64. For an empty tensor, everything except
 * the norm is NaN.
 */
export function statsOf(values: Float32Array): TensorStats {
  let [min, max, sum, squares, zeros, notFinite] = [Infinity, -Infinity, 0, 0, 0, 0];
  for (const value of values) {
    squares += value * value;
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const finite = values.length - notFinite;
  const mean = sum / finite;
  return {
    min: finite > 0 ? min : NaN,
    max: finite > 0 ? max : NaN,
    mean,
    std: spread(values, mean, finite),
    norm: Math.sqrt(squares),
    zeros: zeros / values.length,
    notFinite,
  };
}

/**
 * Computed in a second pass, because the difference of two large sums would lose the small
 * variation of a nearly constant tensor.
 */
function spread(values: Float32Array, mean: number, finite: number): number {
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return Math.sqrt(squares / finite);
}
