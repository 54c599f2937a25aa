import { useRef, type PointerEvent } from 'react';

/**
 * What was pressed last: with which kind of pointer, and the thing that a finger has already been
 * shown the values of.
 */
export interface Taps {
  touch: boolean;
  shown: string | null;
}

/**
 * Whether a click on something selects it. A mouse has shown the values before it clicks; a finger
 * has not, so that its first tap shows them and only a second one on the same thing selects.
 * @param id of the thing under the pointer; null for none
 */
export function tapSelects(taps: Taps, id: string | null): boolean {
  if (!taps.touch) return id !== null;
  const again = id !== null && taps.shown === id;
  taps.shown = id;
  return again;
}

/** {@link tapSelects} for an element: `onPointerDown` has to hear of every press on it. */
export function useTap() {
  const taps = useRef<Taps>({ touch: false, shown: null });
  return {
    onPointerDown: ({ pointerType }: PointerEvent) => void (taps.current.touch = pointerType === 'touch'),
    selects: (id: string | null) => tapSelects(taps.current, id),
    /** The values are no longer on show. */
    forget: () => void (taps.current.shown = null),
  };
}
