import { INTERVAL_MS, Throttle } from '../../pace';

/** Passes on the share that is done, but no more often than progress is reported. */
export function progressEvents(emit: (fraction: number) => void, now: () => number): (fraction: number) => void {
  const throttle = new Throttle(INTERVAL_MS.progress, now);
  return (fraction) => {
    if (throttle.pass()) emit(fraction);
  };
}
