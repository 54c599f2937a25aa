import { outside } from '../../at';

/**
 * Entry `i` of a polyline or a raster. Drawing all digits reads tens of millions of them, and `at`
 * is slower, because it serves all kinds of arrays.
 * @throws MissingError if there is no such entry.
 */
export function read(values: Float32Array | Float64Array, i: number): number {
  const value = values[i];
  if (value === undefined) throw outside(i, values.length);
  return value;
}
