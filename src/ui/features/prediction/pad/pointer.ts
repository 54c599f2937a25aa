import type { PointerEvent } from 'react';
import { PAD, useStrokesStore } from '../../../stores/strokes-store';

type PadEvent = PointerEvent<HTMLCanvasElement>;

/** Number of the eraser at the other end of some pens among their buttons. */
const PEN_ERASER = 5;

/** A stroke begins where mouse, finger or pen goes down. */
export function beginStroke(event: PadEvent): void {
  // A second finger would go on with the line of the first.
  if (!event.isPrimary || (event.button !== 0 && event.button !== PEN_ERASER)) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  const state = useStrokesStore.getState();
  const tool = event.button === PEN_ERASER ? 'eraser' : state.tool;
  const [x, y, width] = placeOf(event.nativeEvent, event.currentTarget, state.widths[tool]);
  state.begin(tool, x, y, width);
}

/** It goes on as long as the pointer is held. */
export function extendStroke(event: PadEvent): void {
  // The browser itself captures a finger, also one that began no stroke.
  if (!event.isPrimary || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
  const pad = event.currentTarget;
  const { strokes, widths, tool, extend } = useStrokesStore.getState();
  const width = widths[strokes.at(-1)?.tool ?? tool];
  // Fast pens report several places per frame; without them curves become polygons.
  const coalesced = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const events = coalesced.length > 0 ? coalesced : [event.nativeEvent];
  extend(events.flatMap((each) => placeOf(each, pad, width)));
}

/** Where on the pad, in its own pixels, whatever size it has on the page; and how wide. */
function placeOf(event: globalThis.PointerEvent, pad: HTMLCanvasElement, width: number): [number, number, number] {
  const box = pad.getBoundingClientRect();
  const [x, y] = [((event.clientX - box.left) * PAD) / box.width, ((event.clientY - box.top) * PAD) / box.height];
  return [clamped(x), clamped(y), width * pressed(event)];
}

/** Ink far beyond the edge is no ink. */
const clamped = (place: number) => Math.max(-PAD, Math.min(2 * PAD, place));

/** Half pressure, which is what a mouse reports, is the width chosen. Fingers report anything. */
const pressed = ({ pointerType, pressure }: globalThis.PointerEvent) =>
  pointerType === 'pen' && pressure > 0 ? 0.4 + 1.2 * pressure : 1;
