import { useClickOutside } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Axis } from './axes';
import { pointAt } from './hover';
import type { PlotPoint } from './plot-point';
import { INSET } from './plot-scale';

/**
 * The point of a plot that the pointer or the arrow keys are at. It is looked up anew with every
 * update: the curve moves on under a pointer that rests. After a tap it stays until the next one.
 * @param onStep hears of the points that keys go to, null when they leave
 */
export function usePointed(points: readonly PlotPoint[], x: Axis, onStep: (point: PlotPoint | null) => void) {
  // 0 at the left end of the steps, 1 at the right. Null while the pointer is elsewhere.
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
    // Alt with an arrow goes back in the browser.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = keyTarget(event.key, active && points.indexOf(active), points.length);
    if (at === undefined) return;
    goTo(at === null ? null : points[at]);
    // Neither does the page scroll, nor does a shortcut of the page hear of it.
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
 * Where a key moves the cursor among `count` points: to an index, to none (null), or nowhere
 * (undefined: not a key of the chart).
 * @param at index of the point it is at; null for none, from where the first arrow leads to the
 * newest point
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
