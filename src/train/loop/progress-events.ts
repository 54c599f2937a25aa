/** Passes a share that is done on, ten times a second at most. */
export function progressEvents(emit: (fraction: number) => void, now: () => number): (fraction: number) => void {
  let last = -Infinity;
  return (fraction) => {
    if (now() - last < 100) return;
    last = now();
    emit(fraction);
  };
}
