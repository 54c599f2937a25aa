import { at } from '../../at';
import type { ControlPoint } from './skeletons';

/** A polyline as flat coordinates: x0, y0, x1, y1, ... */
export type Polyline = Float64Array;

/**
 * The number of straight pieces between two control points: with a digit 20 pixels high, each is
 * about a pixel long.
 */
const PIECES = 5;

/**
 * A smooth curve through control points, as a polyline: a Catmull-Rom spline with uniform knots
 * (Catmull & Rom 1974). At corners and ends the missing neighbour is mirrored, so the direction may
 * change there.
 */
export function smoothCurve(points: readonly ControlPoint[]): Polyline {
  const pieces = points.length - 1;
  const line = new Float64Array(2 * (pieces * PIECES + 1));
  const [startX, startY] = at(points, 0);
  line[0] = startX;
  line[1] = startY;
  for (let i = 0, end = 2; i < pieces; i++) {
    const [p1, p2] = [at(points, i), at(points, i + 1)];
    const p0 = i === 0 || p1[2] ? mirrored(p1, p2) : at(points, i - 1);
    const p3 = i === pieces - 1 || p2[2] ? mirrored(p2, p1) : at(points, i + 2);
    for (let step = 1; step <= PIECES; step++) {
      const t = step / PIECES;
      line[end++] = catmullRom(p0[0], p1[0], p2[0], p3[0], t);
      line[end++] = catmullRom(p0[1], p1[1], p2[1], p3[1], t);
    }
  }
  return line;
}

const mirrored = (end: ControlPoint, other: ControlPoint): ControlPoint => [
  2 * end[0] - other[0],
  2 * end[1] - other[1],
];

function catmullRom(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const a = 2 * p1;
  const b = p2 - p0;
  const c = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  const d = 3 * p1 - p0 - 3 * p2 + p3;
  return 0.5 * (a + t * (b + t * (c + t * d)));
}
