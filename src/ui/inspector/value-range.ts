/** Largest absolute value that is finite (0 if there is none), and whether any value is negative. */
export function valueRange(data: Float32Array): { max: number; signed: boolean } {
  let max = 0;
  let signed = false;
  for (const value of data) {
    const size = Math.abs(value);
    if (size > max && size < Infinity) max = size;
    if (value < 0) signed = true;
  }
  return { max, signed };
}
