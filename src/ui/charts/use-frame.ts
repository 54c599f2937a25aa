import { useEffect, useState } from 'react';
import { redraws } from '../live/redraws';
import { useSeriesStore } from '../stores/series-store';

/** Three charts fit between two versions, which are 200 ms apart or more. */
const APART_MS = 60;

/**
 * The version of the series that chart number `place` should draw. Every chart follows the store, but each waits for its
 * own moment between two versions: one chart at a time keeps every task of the main thread short.
 */
export function useFrame(place: number): number {
  return useOwnMoment(
    useSeriesStore((state) => state.version),
    place,
  );
}

/** A version that rises several times a second, followed at a moment of its own. */
export function useOwnMoment(version: number, place: number): number {
  const [drawn, setDrawn] = useState(version);
  useEffect(() => {
    let request = 0;
    const draw = () => redraws.draw(() => setDrawn(version));
    // A page that nobody sees gets no frames, and draws nothing.
    const begin = () => (document.hidden ? (request = requestAnimationFrame(draw)) : draw());
    const timer = setTimeout(begin, place * APART_MS);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(request);
    };
  }, [version, place]);
  return drawn;
}
