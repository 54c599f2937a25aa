import { at } from '../../../at';

/**
 * Figures of one unit of a tensor whose last axis is the units: weights [..., out], biases [out],
 * outputs [H, W, C].
 * @param units length of the last axis
 */
export function unitFacts(
  data: Float32Array,
  units: number,
  unit: number,
): { norm: number; mean: number; zeros: number } {
  let [squares, sum, zeros, count] = [0, 0, 0, 0];
  for (let i = unit; i < data.length; i += units) {
    const value = at(data, i);
    squares += value ** 2;
    sum += value;
    if (value === 0) zeros++;
    count++;
  }
  return { norm: Math.sqrt(squares), mean: sum / count, zeros: zeros / count };
}
