import { LIVE_SHARE } from '../../pace';

/**
 * What a question costs the worker, and how often it would be asked if that were nothing; both in
 * milliseconds.
 */
export interface Demand {
  costMs: number;
  refreshMs: number;
}

/**
 * How often each question may be asked, in milliseconds from its answer to the next time, so that
 * all together take no more than the share. Questions that need less than an equal part get what
 * they want; what they leave is divided equally among the others (max-min fairness; Bertsekas &
 * Gallager, Data Networks, section 6.5.2). So a slow question is asked seldom, and never keeps a
 * quick one waiting.
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
