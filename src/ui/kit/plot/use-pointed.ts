import { useClickOutside } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { required } from '../../../errors';
import type { Axis } from './axes';
import { pointAt } from './hover';
import type { PlotPoint } from './plot-point';
import { INSET } from './plot-scale';

/**
 * Finds the point of a plot that the pointer or the arrow keys are at. The point is looked up with
 * every update, because the curve moves under a resting pointer. After a tap it stays until the
 * next tap.
 * @param onStep gets each point that a key moves to, or null when the keys leave the chart
 */
export function usePointed(points: readonly PlotPoint[], x: Axis, onStep: (point: PlotPoint | null) => void) {
  // 0 at the left end of the steps, 1 at the right end; null while the pointer is elsewhere.
  const [pointed, setPointed] = useState<number | null>(null);
  const frame = useClickOutside<HTMLDivElement>(() => setPointed(null), ['pointerdown']);
  const active = pointAt(points, x, pointed);
  const goTo = (point: PlotPoint | null) => {
    setPointed(point && (point.step - x.domain[0]) / (x.domain[1] - x.domain[0]));
    onStep(point);
  };
  const follow = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - INSET.left) / (box.width - INSET.left - INSET.right);
    setPointed(share > -0.05 && share < 1.05 ? share : null);
  };
  const leave = ({ pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') setPointed(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Alt with an arrow key goes back in the browser.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = keyTarget(event.key, active && points.indexOf(active), points.length);
    if (at === undefined) return;
    goTo(at === null ? null : required(points[at], 'point where the key leads'));
    // Keeps the page from scrolling, and the page's shortcuts from seeing the key.
    event.preventDefault();
    event.stopPropagation();
  };
  const handlers = {
    onPointerMove: follow,
    onPointerDown: follow,
    onPointerLeave: leave,
    onKeyDown,
    onBlur: () => goTo(null),
  };
  return { frame, active, handlers };
}

/**
 * The index that a key moves the cursor to among `count` points; null if the cursor goes away,
 * undefined if the chart does not use the key.
 * @param at index of the present point; null if there is none, and the first arrow key then goes to
 * the newest point
 */
export function keyTarget(key: string, at: number | null, count: number): number | null | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowLeft':
      return at === null ? last : Math.max(0, at - 1);
    case 'ArrowRight':
      return at === null ? last : Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return at === null ? undefined : null;
    default:
      return undefined;
  }
}
