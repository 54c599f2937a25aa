import { useEffect, useState } from 'react';
import { redraws } from '../live/redraws';
import { useSeriesStore } from '../stores/series-store';

/** The version of the series that a chart should draw, see {@link useOwnTask}. */
export function useFrame(): number {
  return useOwnTask(useSeriesStore((state) => state.version));
}

/**
 * A version that rises several times a second, followed in a task of its own: one part of the page at a time keeps every task of the
 * main thread short, and those that follow one another at once share a frame, whose layout and paint cost more than a chart.
 */
export function useOwnTask(version: number): number {
  const [drawn, setDrawn] = useState(version);
  useEffect(() => {
    let request = 0;
    const draw = () => redraws.draw(() => setDrawn(version));
    // A page that nobody sees gets no frames, and draws nothing.
    const begin = () => (document.hidden ? (request = requestAnimationFrame(draw)) : draw());
    const timer = setTimeout(begin);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(request);
    };
  }, [version]);
  return drawn;
}
