import { useEffect, useState } from 'react';
import { INTERVAL_MS } from '../../../pace';
import { redraws } from '../../stores/redraws';
import { useSeriesStore } from '../../stores/series-store';

/** The version of the series that a chart should draw, see {@link useOwnMoment}. */
export function useFrame(): number {
  return useOwnMoment(useSeriesStore((state) => state.version));
}

/** When the last of the charts that wait will draw. */
let reserved = 0;

/**
 * A version that rises several times a second, followed at a moment of its own: one part of the
 * page at a time keeps every task of the main thread short, and that of the frame after it.
 */
export function useOwnMoment(version: number): number {
  const [drawn, setDrawn] = useState(version);
  useEffect(() => {
    let request = 0;
    const draw = () => redraws.draw(() => setDrawn(version));
    // A page that nobody sees gets no frames, and draws nothing.
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
