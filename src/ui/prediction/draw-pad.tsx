import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconEraser } from '@tabler/icons-react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { useRunStore } from '../stores/run-store';
import { useImageStore } from './image-store';
import { paintStrokes, readInk } from './paint-strokes';
import classes from './prediction.module.css';
import { preprocess } from './preprocess';
import { PAD, useStrokesStore, type StrokesState } from './strokes-store';

/** A drawing under way is predicted at most this often. */
const REFRESH_MS = 90;

/** A square to draw a digit on with mouse, touch or pen. What the network sees of it goes to the image store. */
export function DrawPad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const empty = useStrokesStore((state) => state.strokes.length === 0);
  const undo = useStrokesStore((state) => state.undo);
  const clear = useStrokesStore((state) => state.clear);
  useDrawing(canvas);
  return (
    <div className={classes.pad}>
      <div className={classes.padFrame}>
        <canvas
          ref={canvas}
          className={classes.padCanvas}
          width={PAD}
          height={PAD}
          role="img"
          aria-label="Draw pad"
          aria-describedby="draw-pad-help"
          onPointerDown={begin}
          onPointerMove={extend}
        />
        {empty && (
          <span className={classes.padHint} aria-hidden>
            Draw a digit
          </span>
        )}
      </div>
      <div className={classes.padActions}>
        <span id="draw-pad-help" className="visually-hidden">
          Needs a mouse, a pen or a finger. With the keyboard, choose one of the images of the data set instead.
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconEraser size={16} stroke={1.6} aria-hidden />}
          onClick={clear}
          disabled={empty}
        >
          Clear drawing
        </Button>
        <Tooltip label="Undo the last stroke">
          <ActionIcon aria-label="Undo the last stroke" onClick={undo} disabled={empty}>
            <IconArrowBackUp size={16} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function begin(event: PointerEvent<HTMLCanvasElement>): void {
  if (event.button !== 0) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  const [x, y] = placeOf(event.nativeEvent, event.currentTarget);
  useStrokesStore.getState().begin(x, y);
}

function extend(event: PointerEvent<HTMLCanvasElement>): void {
  if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
  const pad = event.currentTarget;
  // Fast pens report several places per frame; without them curves become polygons.
  const coalesced = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const events = coalesced.length > 0 ? coalesced : [event.nativeEvent];
  useStrokesStore.getState().extend(events.flatMap((each) => placeOf(each, pad)));
}

/** Where on the pad, in its own pixels, whatever size it has on the page. */
function placeOf(event: globalThis.PointerEvent, pad: HTMLCanvasElement): [number, number] {
  const box = pad.getBoundingClientRect();
  return [((event.clientX - box.left) * PAD) / box.width, ((event.clientY - box.top) * PAD) / box.height];
}

/** Paints what is drawn at once, and hands it to the image store a few times a second. */
function useDrawing(canvas: React.RefObject<HTMLCanvasElement | null>): void {
  const [height, width, channels] = useRunStore(({ dataset }) => dataset && `${dataset.height},${dataset.width},${dataset.channels}`)
    ?.split(',')
    .map(Number) ?? [28, 28, 1];
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    const seen = () => preprocess(readInk(context), [height, width, channels]);
    const { strokes } = useStrokesStore.getState();
    paintStrokes(context, strokes);
    if (strokes.length > 0) useImageStore.getState().refit(seen());
    let timer: ReturnType<typeof setTimeout> | null = null;
    const unsubscribe = useStrokesStore.subscribe((state: StrokesState) => {
      paintStrokes(context, state.strokes);
      timer ??= setTimeout(() => {
        timer = null;
        useImageStore.getState().draw(seen());
      }, REFRESH_MS);
    });
    return () => {
      unsubscribe();
      if (timer) clearTimeout(timer);
    };
  }, [canvas, height, width, channels]);
}
