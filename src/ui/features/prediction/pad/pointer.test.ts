import type { PointerEvent } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { useStrokesStore } from '../../../stores/strokes-store';
import { beginStroke, extendStroke } from './pointer';

/** A pad of 280 pixels that has captured every finger on it, as browsers do automatically. */
const pad = {
  setPointerCapture: () => undefined,
  hasPointerCapture: () => true,
  getBoundingClientRect: () => ({ left: 0, top: 0, width: 280, height: 280 }),
};

function finger(isPrimary: boolean, clientX: number, clientY: number): PointerEvent<HTMLCanvasElement> {
  const native = {
    pointerId: isPrimary ? 1 : 2,
    pointerType: 'touch',
    pressure: 0,
    button: 0,
    isPrimary,
    clientX,
    clientY,
  };
  return { ...native, nativeEvent: native, currentTarget: pad } as unknown as PointerEvent<HTMLCanvasElement>;
}

beforeEach(() => useStrokesStore.setState(useStrokesStore.getInitialState(), true));

it('draws with one finger; a second one on the pad changes nothing', () => {
  beginStroke(finger(true, 10, 10));
  beginStroke(finger(false, 200, 200));
  extendStroke(finger(true, 20, 20));
  extendStroke(finger(false, 210, 210));
  extendStroke(finger(true, 30, 30));
  expect(useStrokesStore.getState().strokes.map(({ points }) => [...points])).toEqual([
    [10, 10, 24, 20, 20, 24, 30, 30, 24],
  ]);
});
