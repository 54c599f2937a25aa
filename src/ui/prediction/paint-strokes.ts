import type { Ink } from './preprocess';
import { PAD, type Stroke } from './strokes-store';

/** About two and a half pixels of 28, as thick as MNIST's pens. */
const PEN = 24;

/** Draws strokes in white on black, as MNIST has its digits. */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.fillStyle = '#000';
  context.fillRect(0, 0, PAD, PAD);
  context.strokeStyle = '#fff';
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(stroke[0], stroke[1]);
    // A line of no length is a dot.
    context.lineTo(stroke[0], stroke[1]);
    for (let i = 2; i < stroke.length; i += 2) context.lineTo(stroke[i], stroke[i + 1]);
    context.stroke();
  }
}

/** What is on the pad, 0..1. */
export function readInk(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, PAD, PAD);
  return { width: PAD, height: PAD, data: Float32Array.from({ length: PAD * PAD }, (_, i) => data[4 * i] / 255) };
}
