import { useEffect, useState } from 'react';
import { INTERVAL_MS } from '../../../pace';
import { redraws } from '../../stores/redraws';
import { useSeriesStore } from '../../stores/series-store';

/** The version of the series that a chart should draw, see {@link useOwnMoment}. */
export function useFrame(): number {
  return useOwnMoment(useSeriesStore((state) => state.version));
}

/** The time at which the last waiting chart will draw. */
let reserved = 0;

/**
 * Follows a version that rises several times a second, but delays each change to a time reserved
 * for this part of the page. The parts then draw one after the other, which keeps every task of the
 * main thread short, and also the frame after it.
 */
export function useOwnMoment(version: number): number {
  const [drawn, setDrawn] = useState(version);
  useEffect(() => {
    let request = 0;
    const draw = () => redraws.draw(() => setDrawn(version));
    // A hidden page gets no animation frames, so it draws nothing.
    const begin = () => (document.hidden ? (request = requestAnimationFrame(draw)) : draw());
    const now = performance.now();
    reserved = Math.max(now, reserved + INTERVAL_MS.charts);
    const timer = setTimeout(begin, reserved - now);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(request);
    };
  }, [version]);
  return drawn;
}
