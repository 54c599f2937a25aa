import { MissingError } from './errors';

/**
 * Entry `index` of an array that is certain to have this entry, because the index comes from a loop
 * over the array or was computed to lie inside it. If the entry may be missing, read the array
 * directly and handle `undefined`. Inner loops over the numbers of a network do not call this
 * function, because it is slower: they read `values[i] ?? NaN` (see reference/numbers.ts).
 * @throws MissingError if the entry is missing after all
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw outside(index, values.length);
  return value;
}

/** The last entry of an array that is never empty. @throws MissingError if it is empty after all */
export const last = <T>(values: ArrayLike<T>): T => at(values, values.length - 1);

/** The error for an index outside an array of this length. */
export function outside(index: number, length: number): MissingError {
  return new MissingError(`There is no entry ${index} in an array of ${length}.`);
}
