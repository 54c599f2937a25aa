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
  context.strokeStyle = tool === 'pen' ? '#fff' : '#000';
  context.lineWidth = points[2];
  context.beginPath();
  context.moveTo(points[0], points[1]);
  // A line without length is a dot.
  context.lineTo(points[0], points[1]);
  for (let i = 3; i < points.length; i += 3) {
    // A path has a single width: when the width changes, another path begins.
    if (points[i + 2] !== context.lineWidth) {
      context.stroke();
      context.beginPath();
      context.moveTo(points[i - 3], points[i - 2]);
      context.lineWidth = points[i + 2];
    }
    context.lineTo(points[i], points[i + 1]);
  }
  context.stroke();
}

/** Reads what is on the pad, 0..1. */
export function readInk(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, PAD, PAD);
  return { width: PAD, height: PAD, data: Float32Array.from({ length: PAD * PAD }, (_, i) => data[4 * i] / 255) };
}
