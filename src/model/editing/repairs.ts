import { outcomeOf } from './edits';
import { candidates, type Repair } from './repair-candidates';
import { inspectModel } from '../resolve';
import type { ModelSpec } from '../spec';

export type { Repair } from './repair-candidates';

/** How many ways out are offered: more would be a riddle instead of an answer. */
const MOST = 2;

/**
 * Ways out of a layer's problem, the best first: each was tried, and with it the layer has no
 * problem any more. Where some make the whole network valid, they alone are offered; removing the
 * layer only where it does that, and nothing else would help.
 * @param index of the layer with the problem
 * @param classes labels of the data set
 */
export function repairsFor(spec: ModelSpec, index: number, classes: number): Repair[] {
  const reports = inspectModel(spec, classes);
  if (!reports[index]?.problem) return [];
  const site = {
    spec,
    layers: spec.layers,
    reports,
    index,
    classes,
    input: reports[index - 1]?.resolved?.outputShape ?? spec.input,
  };
  const tried = candidates(site).flatMap((repair) => {
    const { mended, valid } = outcomeOf(spec, repair, index, classes);
    return mended ? [{ repair, valid }] : [];
  });
  const best = tried.some(({ valid }) => valid) ? tried.filter(({ valid }) => valid) : tried;
  if (best.length > 0) return best.slice(0, MOST).map(({ repair }) => repair);
  const removal: Repair = { label: `Remove ${reports[index].id}`, at: index, remove: true };
  return outcomeOf(spec, removal, index, classes).valid ? [removal] : [];
}
