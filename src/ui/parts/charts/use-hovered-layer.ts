import { useClickOutside } from '@mantine/hooks';
import { useState, type MouseEvent, type PointerEvent } from 'react';
import { selectLayer } from './select-layer';
import { useTap } from '../../kit/plot/use-tap';

/**
 * Finds the layer whose line is under the pointer. A click selects it; with a finger, the second
 * tap does. After a tap the layer stays highlighted until the next tap.
 * @param layerAt returns the id of the layer at a place; null for none
 */
export function useHoveredLayer(layerAt: (event: MouseEvent) => string | null) {
  const [hovered, setHovered] = useState<string | null>(null);
  const tap = useTap();
  const frame = useClickOutside<HTMLDivElement>(() => {
    setHovered(null);
    tap.forget();
  }, ['pointerdown']);
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      tap.onPointerDown(event);
      setHovered(layerAt(event));
    },
    onPointerMove: (event: PointerEvent) => setHovered(layerAt(event)),
    onPointerLeave: ({ pointerType }: PointerEvent) => pointerType !== 'touch' && setHovered(null),
    onClick: (event: MouseEvent) => {
      const layer = layerAt(event);
      if (tap.selects(layer)) selectLayer(layer ?? '');
    },
  };
  return { frame, hovered, setHovered, handlers };
}
