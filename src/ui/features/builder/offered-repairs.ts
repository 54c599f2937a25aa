import { repairsFor, type Repair } from '../../../model/editing/repairs';
import type { ModelSpec } from '../../../model/spec';

/**
 * Ways out of the problem of layer `index`: those that make it go away; else those that leave only
 * the count of classes wrong at the end, which the next offer mends. A new Dense of 32 units on an
 * image is two steps from an output.
 * @param classes labels of the data set
 */
export function offeredRepairs(spec: ModelSpec, index: number, classes: number): Repair[] {
  const repairs = repairsFor(spec, index, classes);
  const last = spec.layers.at(-1);
  if (repairs.length > 0 || last?.kind !== 'dense') return repairs;
  return repairsFor(spec, index, last.units);
}
