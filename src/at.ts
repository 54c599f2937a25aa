import { MissingError } from './errors';

/**
 * Entry `index` of an array, where it follows from the way the program is made that there is one:
 * the index comes from a loop over the array, or was computed to lie inside it. Where it is not
 * certain, ask the array and handle `undefined`. Loops over the tensors of a network have accessors
 * of their own, because this one serves all kinds of arrays and is slower for it.
 * @throws MissingError if there is none all the same
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw outside(index, values.length);
  return value;
}

/** The last entry of an array that is never empty. @throws MissingError if it is empty all the same */
export const last = <T>(values: ArrayLike<T>): T => at(values, values.length - 1);

/** The error for an index outside an array of this length. */
export function outside(index: number, length: number): MissingError {
  return new MissingError(`There is no entry ${index} in an array of ${length}.`);
}
