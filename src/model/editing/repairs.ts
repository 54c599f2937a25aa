import { outcomeOf } from './edits';
import { candidates, type Repair } from './repair-candidates';
import { inspectModel, isSound } from '../resolve';
import type { ModelSpec } from '../spec';

export type { Repair } from './repair-candidates';

/** The most repairs to offer. More would confuse instead of help. */
const MOST = 2;

/**
 * Repairs for a layer's problem, or for what the network lacks after it, the best first. Each was
 * tried and solves the layer's problem. If some repairs make the whole network valid, only these are
 * offered. Removing the layer is offered only if this makes the network valid and nothing else helps.
 * @param index of the layer with the problem
 * @param classes number of classes of the data set
 */
export function repairsFor(spec: ModelSpec, index: number, classes: number): Repair[] {
  const reports = inspectModel(spec, classes);
  const report = reports[index];
  // The layers after a problem have none of their own.
  if (!report || isSound(report) || !(report.problem ?? report.unfinished)) return [];
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
  const removal: Repair = { label: `Remove ${report.id}`, at: index, remove: true };
  return outcomeOf(spec, removal, index, classes).valid ? [removal] : [];
}
