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
    squares += data[i] ** 2;
    sum += data[i];
    if (data[i] === 0) zeros++;
    count++;
  }
  return { norm: Math.sqrt(squares), mean: sum / count, zeros: zeros / count };
}
