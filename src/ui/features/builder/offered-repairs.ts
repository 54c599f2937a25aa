import { repairsFor, type Repair } from '../../../model/editing/repairs';
import type { ModelSpec } from '../../../model/spec';

/**
 * Repairs to offer for the problem of layer `index`. These are the ones that solve it; if none
 * does, those that leave only a wrong number of classes at the end, which the next offer solves. (A
 * new Dense of 32 units on an image is two steps away from an output.)
 * @param classes number of classes of the data set
 */
export function offeredRepairs(spec: ModelSpec, index: number, classes: number): Repair[] {
  const repairs = repairsFor(spec, index, classes);
  const last = spec.layers.at(-1);
  if (repairs.length > 0 || last?.kind !== 'dense') return repairs;
  return repairsFor(spec, index, last.units);
}
