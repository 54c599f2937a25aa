import { useEffect, type RefObject } from 'react';
import { useRunStore } from '../../../stores/run-store';
import { useImageStore } from '../../../stores/image-store';
import { paintStrokes, readInk } from '../paint-strokes';
import { preprocess } from '../preprocess';
import { useStrokesStore } from '../../../stores/strokes-store';

/** An unfinished drawing is predicted at most this often. */
const REFRESH_MS = 90;

/** Paints the drawing in the next frame, and passes it to the image store a few times a second. */
export function useDrawing(canvas: RefObject<HTMLCanvasElement | null>): void {
  const [height, width, channels] = useRunStore(
    ({ dataset }) => dataset && `${dataset.height},${dataset.width},${dataset.channels}`,
  )
    ?.split(',')
    .map(Number) ?? [28, 28, 1];
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const paint = () => {
      cancelAnimationFrame(frame);
      frame = 0;
      paintStrokes(context, useStrokesStore.getState().strokes);
    };
    const seen = () => {
      paint();
      return preprocess(readInk(context), [height, width, channels]);
    };
    paint();
    if (useStrokesStore.getState().strokes.length > 0) useImageStore.getState().refit(seen());
    const unsubscribe = useStrokesStore.subscribe((state, before) => {
      if (state.strokes === before.strokes) return;
      frame ||= requestAnimationFrame(paint);
      timer ??= setTimeout(() => {
        timer = null;
        useImageStore.getState().draw(seen());
      }, REFRESH_MS);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
      if (!timer) return;
      // Passes on the last stroke even if the user leaves right after it.
      clearTimeout(timer);
      useImageStore.getState().draw(seen());
    };
  }, [canvas, height, width, channels]);
}
