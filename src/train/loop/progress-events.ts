import { INTERVAL_MS, Throttle } from '../../pace';

/** Passes a share that is done on, as often as progress is told. */
export function progressEvents(emit: (fraction: number) => void, now: () => number): (fraction: number) => void {
  const throttle = new Throttle(INTERVAL_MS.progress, now);
  return (fraction) => {
    if (throttle.pass()) emit(fraction);
  };
}
