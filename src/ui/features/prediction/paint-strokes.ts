import { at } from '../../../at';
import type { Ink } from './preprocess';
import { PAD, type Stroke } from '../../stores/strokes-store';

/**
 * Draws strokes in white on black; an eraser draws black.
 * @param side of the canvas in its pixels
 */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[], side = PAD): void {
  context.setTransform(side / PAD, 0, 0, side / PAD, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, PAD, PAD);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) paintStroke(context, stroke);
}

function paintStroke(context: CanvasRenderingContext2D, { tool, points }: Stroke): void {
  const [start, ...others] = pointsOf(points);
  if (!start) return;
  let { x, y } = start;
  context.strokeStyle = tool === 'pen' ? '#fff' : '#000';
  context.lineWidth = start.width;
  context.beginPath();
  context.moveTo(x, y);
  // A line without length is a dot.
  context.lineTo(x, y);
  for (const next of others) {
    // A path has a single width: when the width changes, another path begins.
    if (next.width !== context.lineWidth) {
      context.stroke();
      context.beginPath();
      context.moveTo(x, y);
      context.lineWidth = next.width;
    }
    ({ x, y } = next);
    context.lineTo(x, y);
  }
  context.stroke();
}

/** The points of a stroke. A part of a point at the end, as a document may have it, is left out. */
function pointsOf(points: Stroke['points']): { x: number; y: number; width: number }[] {
  return Array.from({ length: Math.floor(points.length / 3) }, (_, i) => ({
    x: at(points, 3 * i),
    y: at(points, 3 * i + 1),
    width: at(points, 3 * i + 2),
  }));
}

/** Reads what is on the pad, 0..1. */
export function readInk(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, PAD, PAD);
  return { width: PAD, height: PAD, data: Float32Array.from({ length: PAD * PAD }, (_, i) => at(data, 4 * i) / 255) };
}
