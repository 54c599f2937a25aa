import type { Random } from '../../random';
import type { Polyline } from './curve';

/** The box that MNIST fits digits into, in pixels. */
export const BOX = 20;

/** A pen on paper; all lengths are in pixels. */
export interface Pen {
  radius: number;
  /**
   * How pressure changes the radius along the stroke: by which share, how fast (radians per point)
   * and from which phase on.
   */
  pressure: { swing: number; speed: number; phase: number };
  /** How uneven the edge is: the standard deviation of the ink's position. */
  roughness: number;
  /** The ink fades from full to none over this distance. */
  edge: number;
  /** The darkest value, 0..1. */
  ink: number;
}

/** Picks a pen at random, from fine to broad. */
export function randomPen(random: Random): Pen {
  return {
    radius: 0.8 + 1.2 * random.uniform() ** 1.2,
    pressure: {
      swing: 0.25 * random.uniform(),
      speed: 0.1 + 0.4 * random.uniform(),
      phase: random.uniform() * 2 * Math.PI,
    },
    roughness: 0.35 * random.uniform(),
    edge: 0.8 + 0.6 * random.uniform(),
    ink: 1 - 0.06 * random.uniform() ** 2,
  };
}

/**
 * Draws strokes as coverage 0..1. It fits them into the 20x20 box with their proportions kept, so
 * the longer side fills the box.
 * @param raster [20, 20], overwritten
 */
export function renderInBox(strokes: readonly Polyline[], pen: Pen, raster: Float32Array, random: Random): void {
  raster.fill(0);
  const extent = extentOf(strokes);
  const limit = floodingRadius(strokes, extent);
  const broadest = limit === Infinity ? pen.radius * (1 + 0.7 * random.uniform()) : Math.min(pen.radius, limit);
  const { swing, speed, phase } = pen.pressure;
  const margin = broadest * (1 + swing);
  const side = BOX - 2 * margin;
  const scale = side / Math.max(extent.width, extent.height, 1e-6);
  const place = {
    x: (BOX - extent.width * scale) / 2 - extent.left * scale,
    y: (BOX - extent.height * scale) / 2 - extent.top * scale,
  };
  for (const line of strokes) {
    for (let i = 0; i < line.length; i += 2) {
      line[i] = (line[i] ?? NaN) * scale + place.x + pen.roughness * random.normal();
      line[i + 1] = (line[i + 1] ?? NaN) * scale + place.y + pen.roughness * random.normal();
    }
    for (let i = 0; i + 3 < line.length; i += 2) {
      const radius = broadest * (1 + swing * Math.sin((speed * i) / 2 + phase));
      const piece = [line[i] ?? NaN, line[i + 1] ?? NaN, line[i + 2] ?? NaN, line[i + 3] ?? NaN] as const;
      drawPiece(raster, piece, radius + pen.edge / 2, pen);
    }
  }
}

interface Extent {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The radius in pixels beyond which ink would fill the inside of the digit; infinite for a single
 * bare stroke.
 */
function floodingRadius(strokes: readonly Polyline[], { width, height }: Extent): number {
  let length = 0;
  for (const line of strokes) {
    for (let i = 2; i < line.length; i += 2) {
      length += Math.hypot((line[i] ?? NaN) - (line[i - 2] ?? NaN), (line[i + 1] ?? NaN) - (line[i - 1] ?? NaN));
    }
  }
  const longer = Math.max(width, height);
  return length > 1.3 * longer ? (0.22 * BOX * width * height) / ((length - longer) * longer) : Infinity;
}

function extentOf(strokes: readonly Polyline[]): Extent {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const line of strokes) {
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = [line[i] ?? NaN, line[i + 1] ?? NaN];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** A straight piece from one point to another. */
type Piece = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * Draws a straight piece with round ends: every pixel takes the darkest value of all the pieces
 * that touch it.
 */
function drawPiece(raster: Float32Array, [x1, y1, x2, y2]: Piece, reach: number, pen: Pen): void {
  const firstX = Math.max(0, Math.floor(Math.min(x1, x2) - reach));
  const lastX = Math.min(BOX - 1, Math.floor(Math.max(x1, x2) + reach));
  const firstY = Math.max(0, Math.floor(Math.min(y1, y2) - reach));
  const lastY = Math.min(BOX - 1, Math.floor(Math.max(y1, y2) + reach));
  const dx = x2 - x1;
  const dy = y2 - y1;
  const lengthSquared = dx * dx + dy * dy + 1e-9;
  for (let y = firstY; y <= lastY; y++) {
    for (let x = firstX; x <= lastX; x++) {
      const px = x + 0.5 - x1;
      const py = y + 0.5 - y1;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const offX = px - along * dx;
      const offY = py - along * dy;
      const squared = offX * offX + offY * offY;
      if (squared >= reach * reach) continue;
      const ink = Math.min(1, (reach - Math.sqrt(squared)) / pen.edge) * pen.ink;
      if (ink > (raster[y * BOX + x] ?? NaN)) raster[y * BOX + x] = ink;
    }
  }
}
