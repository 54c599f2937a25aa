import { useEffect, type RefObject } from 'react';
import { INTERVAL_MS } from '../../../../pace';
import { factsOf, useDatasetFacts } from '../../../stores/dataset-facts';
import { useRunStore } from '../../../stores/run-store';
import { useImageStore } from '../../../stores/image-store';
import { paintStrokes, readInk } from '../paint-strokes';
import { preprocess } from '../preprocess';
import { useStrokesStore } from '../../../stores/strokes-store';

/** Paints the drawing in the next frame, and passes it to the image store a few times a second. */
export function useDrawing(canvas: RefObject<HTMLCanvasElement | null>): void {
  const { height, width, channels, drawing } = useDatasetFacts();
  const inkShare = drawing?.inkShare ?? null;
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context || inkShare === null) return;
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const paint = () => {
      cancelAnimationFrame(frame);
      frame = 0;
      paintStrokes(context, useStrokesStore.getState().strokes);
    };
    const seen = () => {
      paint();
      return preprocess(readInk(context), [height, width, channels], inkShare);
    };
    paint();
    if (useStrokesStore.getState().strokes.length > 0) useImageStore.getState().refit(seen());
    const unsubscribe = useStrokesStore.subscribe((state, before) => {
      if (state.strokes === before.strokes) return;
      frame ||= requestAnimationFrame(paint);
      timer ??= setTimeout(() => {
        timer = null;
        useImageStore.getState().draw(seen());
      }, INTERVAL_MS.prediction);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
      if (!timer) return;
      clearTimeout(timer);
      // Passes on the last stroke even if the user leaves right after it, but not if the data has
      // changed.
      if (factsOf(useRunStore.getState()).drawing) useImageStore.getState().draw(seen());
    };
  }, [canvas, height, width, channels, inkShare]);
}
