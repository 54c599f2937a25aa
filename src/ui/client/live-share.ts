import { LIVE_SHARE } from '../../pace';

/**
 * The cost of a question in the worker, and how often it would be asked if the cost were zero. Both
 * in milliseconds.
 */
export interface Demand {
  costMs: number;
  refreshMs: number;
}

/**
 * The rest of each question, in milliseconds from its answer until it is asked again. Together the
 * questions then take no more than `share` of the time. A question that needs less than an equal
 * part gets all that it needs, and the remainder is divided equally among the others (max-min
 * fairness; Bertsekas & Gallager, Data Networks, section 6.5.2). So a slow question is asked
 * rarely, and never delays a quick one.
 */
export function restsFor(demands: readonly Demand[], share = LIVE_SHARE): number[] {
  const modestFirst = demands
    .map(({ costMs, refreshMs }, i) => ({ i, costMs, refreshMs, wanted: costMs / (costMs + refreshMs) }))
    .sort((a, b) => a.wanted - b.wanted);
  const rests = new Array<number>(demands.length).fill(0);
  let left = share;
  modestFirst.forEach(({ i, costMs, refreshMs, wanted }, served) => {
    const granted = Math.min(wanted, left / (demands.length - served));
    left -= granted;
    rests[i] = granted === wanted ? refreshMs : costMs / granted - costMs;
  });
  return rests;
}
