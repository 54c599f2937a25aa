import type { PlotPoint } from './plot-point';
import type { PlotScale } from './plot-scale';

/** The place of a point of a line, in CSS pixels. The line breaks where `y` is null. */
export interface Place {
  x: number;
  y: number | null;
}

/** @param key the key of the line's values in the points */
export function placesOf(points: readonly PlotPoint[], key: string, scale: PlotScale): Place[] {
  return points.map((point) => {
    const value = point[key];
    return { x: scale.x(point.step), y: value === null || value === undefined ? null : scale.y(value) };
  });
}

/** A place that is drawn as a dot. */
export interface Dot {
  x: number;
  y: number;
}

/** All places that have a value. */
export const dotsOf = (places: readonly Place[]): Dot[] => places.flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]));

/** A line between neighbours further apart than this would look like measured values, in CSS pixels. */
const FAR = 40;

/**
 * A line through sparse values, in two parts. `near` breaks wherever two neighbouring values are far
 * apart, and `far` holds the two ends of each such gap.
 */
export function splitAtGaps(places: readonly Place[]): { near: Place[]; far: [Dot, Dot][] } {
  const near: Place[] = [];
  const far: [Dot, Dot][] = [];
  let before: Dot | undefined;
  for (const dot of dotsOf(places)) {
    if (before && dot.x - before.x > FAR) {
      far.push([before, dot]);
      near.push({ x: dot.x, y: null });
    }
    near.push(dot);
    before = dot;
  }
  return { near, far };
}

/** The places that no segment of the line touches. */
export const lonelyDotsOf = (places: readonly Place[]): Dot[] =>
  places.flatMap(({ x, y }, i) => {
    const alone = (places[i - 1]?.y ?? null) === null && (places[i + 1]?.y ?? null) === null;
    return y !== null && alone ? [{ x, y }] : [];
  });
