import { useRef, type PointerEvent } from 'react';

/**
 * The kind of pointer that pressed last, and the id of the thing whose values a finger has already
 * been shown.
 */
export interface Taps {
  touch: boolean;
  shown: string | null;
}

/**
 * Whether a click on something selects it. A mouse shows the values before it clicks, but a finger
 * does not. So the first tap of a finger shows the values, and only a second tap on the same thing
 * selects it.
 * @param id the thing under the pointer; null for none
 */
export function tapSelects(taps: Taps, id: string | null): boolean {
  if (!taps.touch) return id !== null;
  const again = id !== null && taps.shown === id;
  taps.shown = id;
  return again;
}

/** {@link tapSelects} for an element. The element must pass every press to `onPointerDown`. */
export function useTap() {
  const taps = useRef<Taps>({ touch: false, shown: null });
  return {
    onPointerDown: ({ pointerType }: PointerEvent) => void (taps.current.touch = pointerType === 'touch'),
    selects: (id: string | null) => tapSelects(taps.current, id),
    /** Must be called when the values are no longer shown. */
    forget: () => void (taps.current.shown = null),
  };
}
