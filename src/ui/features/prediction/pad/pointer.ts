import type { PointerEvent } from 'react';
import { PAD, useStrokesStore } from '../../../stores/strokes-store';

type PadEvent = PointerEvent<HTMLCanvasElement>;

/** The button number of the eraser that some pens have at the other end. */
const PEN_ERASER = 5;

/** Begins a stroke where mouse, finger or pen goes down. */
export function beginStroke(event: PadEvent): void {
  // A second finger would continue the line of the first.
  if (!event.isPrimary || (event.button !== 0 && event.button !== PEN_ERASER)) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  const state = useStrokesStore.getState();
  const tool = event.button === PEN_ERASER ? 'eraser' : state.tool;
  const [x, y, width] = placeOf(event.nativeEvent, event.currentTarget, state.widths[tool]);
  state.begin(tool, x, y, width);
}

/** Continues the stroke while the pointer is held down. */
export function extendStroke(event: PadEvent): void {
  // The browser itself captures every finger, even one that began no stroke.
  if (!event.isPrimary || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
  const pad = event.currentTarget;
  const { strokes, widths, tool, extend } = useStrokesStore.getState();
  const width = widths[strokes.at(-1)?.tool ?? tool];
  // Fast pens report several places per frame; without them, curves become polygons.
  const coalesced = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const events = coalesced.length > 0 ? coalesced : [event.nativeEvent];
  extend(events.flatMap((each) => placeOf(each, pad, width)));
}

/**
 * The place on the pad in the pad's own pixels, whatever its size on the page, and the width of the
 * line.
 */
function placeOf(event: globalThis.PointerEvent, pad: HTMLCanvasElement, width: number): [number, number, number] {
  const box = pad.getBoundingClientRect();
  const [x, y] = [((event.clientX - box.left) * PAD) / box.width, ((event.clientY - box.top) * PAD) / box.height];
  return [clamped(x), clamped(y), width * pressed(event)];
}

/** Limits places far beyond the edge, where no ink is visible. */
const clamped = (place: number) => Math.max(-PAD, Math.min(2 * PAD, place));

/**
 * The factor of the line width. A pen with half pressure gives the chosen width. A mouse always
 * reports half pressure, and fingers report any value, so only the pressure of pens counts.
 */
const pressed = ({ pointerType, pressure }: globalThis.PointerEvent) =>
  pointerType === 'pen' && pressure > 0 ? 0.4 + 1.2 * pressure : 1;
