import type { ReactNode } from 'react';
import { at } from '../../../at';
import type { Axis } from './axes';
import classes from './plot.module.css';
import type { PlotPoint } from './plot-point';
import { INSET } from './plot-scale';

/**
 * The point nearest to the pointer. The caller looks it up with every update, because the curve
 * moves under a resting pointer.
 */
export function pointAt(
  points: readonly PlotPoint[],
  { domain: [first, last] }: Axis,
  pointed: number | null,
): PlotPoint | null {
  if (pointed === null || points.length === 0) return null;
  const step = first + pointed * (last - first);
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(points, middle).step <= step) low = middle;
    else high = middle;
  }
  const [before, after] = [at(points, low), at(points, high)];
  return step - before.step <= after.step - step ? before : after;
}

/**
 * Shows the values at a point, on the side of it that has more room, and never beyond the chart.
 */
export function HoverBox({
  point,
  x,
  width,
  children,
}: {
  point: PlotPoint;
  x: Axis;
  width: number;
  children: ReactNode;
}) {
  const share = (point.step - x.domain[0]) / (x.domain[1] - x.domain[0]);
  const at = INSET.left + share * (width - INSET.left - INSET.right);
  const late = share > 0.5;
  // The distance to the point is a spacer, which shrinks if the box would not fit.
  return (
    <div className={classes.hover} data-late={late || undefined}>
      <span style={{ flex: `0 1 ${(late ? width - at : at) + 10}px` }} />
      <div className={classes.tooltip}>{children}</div>
    </div>
  );
}
