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
  const wanted = demands.map(({ costMs, refreshMs }) => costMs / (costMs + refreshMs));
  const modestFirst = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const rests = new Array<number>(demands.length).fill(0);
  let left = share;
  modestFirst.forEach((i, served) => {
    const granted = Math.min(wanted[i], left / (demands.length - served));
    left -= granted;
    const { costMs, refreshMs } = demands[i];
    rests[i] = granted === wanted[i] ? refreshMs : costMs / granted - costMs;
  });
  return rests;
}
