/**
 * The two precisions of the reference: float32 to train without a GPU, float64 to judge gradients.
 *
 * The loops read an entry as `values[i] ?? NaN`: a position outside the array is a fault of the
 * loop, and gives NaN, which the tests and the page notice. It costs nothing, because V8 knows that
 * a typed array within its bounds holds no `undefined`. An accessor function made a training step
 * of the CPU 1.7 times as long.
 */
export type Numbers = Float32Array | Float64Array;

/** Makes an array of one precision: `float32` or `float64`. */
export type NumbersOf<T extends Numbers> = (length: number) => T;

export const float32: NumbersOf<Float32Array> = (length) => new Float32Array(length);
export const float64: NumbersOf<Float64Array> = (length) => new Float64Array(length);

/**
 * Copies the first `count` numbers, converting the precision. (`set` would need a view, which is
 * garbage on every step.)
 */
export function copyNumbers(from: Numbers, to: Numbers, count: number): void {
  for (let i = 0; i < count; i++) to[i] = from[i] ?? NaN;
}
