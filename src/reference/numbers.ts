import { outside } from '../at';

/**
 * The two precisions of the reference: float32 to train without a GPU, float64 to judge gradients.
 */
export type Numbers = Float32Array | Float64Array;

/** Makes an array of one precision: `float32` or `float64`. */
export type NumbersOf<T extends Numbers> = (length: number) => T;

export const float32: NumbersOf<Float32Array> = (length) => new Float32Array(length);
export const float64: NumbersOf<Float64Array> = (length) => new Float64Array(length);

/**
 * Entry `i` of a tensor. An index outside is a fault of the loop that computed it, and is thrown
 * instead of spreading as NaN. The comparison costs nothing: V8 knows that a typed array holds no
 * `undefined` and leaves it out.
 * @throws MissingError if there is no such entry.
 */
export function read(values: Numbers, i: number): number {
  const value = values[i];
  if (value === undefined) throw outside(i, values.length);
  return value;
}

/**
 * The same for working memory, which is always float64: V8 compiles a function for the kinds of
 * arrays that it has seen, so the matrix product needs one of its own that has seen a single kind.
 */
export function readDouble(values: Float64Array, i: number): number {
  const value = values[i];
  if (value === undefined) throw outside(i, values.length);
  return value;
}

/** The same for positions in a tensor. */
export function readInteger(values: Int32Array, i: number): number {
  const value = values[i];
  if (value === undefined) throw outside(i, values.length);
  return value;
}

/**
 * Copies the first `count` numbers, converting the precision. (`set` would need a view, which is
 * garbage on every step.)
 */
export function copyNumbers(from: Numbers, to: Numbers, count: number): void {
  for (let i = 0; i < count; i++) to[i] = read(from, i);
}
