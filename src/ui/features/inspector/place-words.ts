import { boundsOf } from '../../../model/explain/receptive-field';
import type { ResolvedLayer } from '../../../model/resolve';
import { inputWindow } from '../../parts/tensors/inspected-layer';
import type { Point } from '../../stores/inspector-store';

/** The name of one number of an output: `y[row, column, unit]`, of a vector `y[unit]`. */
export const placeName = ({ outputShape }: Pick<ResolvedLayer, 'outputShape'>, { y, x, unit }: Point): string =>
  outputShape.length === 3 ? `y[${y}, ${x}, ${unit}]` : `y[${unit}]`;

/**
 * The window of a place in the layer's input, in words that need little room; empty for a layer
 * without windows.
 */
export function windowWords(layer: ResolvedLayer, point: Point): string {
  const window = inputWindow(layer, point);
  if (!window) return '';
  const [height, width] = layer.inputShape;
  const rows = span(window.y, Math.min(window.rows, height - window.y));
  return `from X rows ${rows}, columns ${span(window.x, Math.min(window.columns, width - window.x))}`;
}

/**
 * @param field 1 for each pixel of the image that a place sees, row by row @param width of the
 * image
 */
export function fieldWords(field: Uint8Array, width: number): string {
  const bounds = boundsOf(field, width);
  if (!bounds) return 'from padding alone';
  return `image rows ${span(bounds.top, bounds.height)}, columns ${span(bounds.left, bounds.width)}`;
}

const span = (first: number, count: number) =>
  count > 1 ? `${first}–${first + count - 1}` : count === 1 ? `${first}` : 'none';
