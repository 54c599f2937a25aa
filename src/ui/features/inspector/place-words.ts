import { boundsOf } from '../../../model/explain/receptive-field';
import { asImage } from '../../../model/reach';
import type { ResolvedLayer } from '../../../model/resolve';
import { inputWindow } from '../../parts/tensors/inspected-layer';
import type { Point } from '../../stores/inspector-store';

/** The name of one number of an output: `y[row, column, unit]`, or `y[unit]` for a vector. */
export const placeName = ({ outputShape }: Pick<ResolvedLayer, 'outputShape'>, { y, x, unit }: Point): string =>
  outputShape.length === 3 ? `y[${y}, ${x}, ${unit}]` : `y[${unit}]`;

/**
 * Describes briefly which window of the layer's input a place reads. Empty for a layer without
 * windows.
 */
export function windowWords(layer: ResolvedLayer, point: Point): string {
  const window = inputWindow(layer, point);
  if (!window) return '';
  const [height, width] = asImage(layer.inputShape);
  const rows = span(window.y, Math.min(window.rows, height - window.y));
  return `from X rows ${rows}, columns ${span(window.x, Math.min(window.columns, width - window.x))}`;
}

/**
 * Describes the receptive field of a place.
 * @param field 1 for each pixel of the image that the place depends on, row by row
 * @param width of the image
 */
export function fieldWords(field: Uint8Array, width: number): string {
  const bounds = boundsOf(field, width);
  if (!bounds) return 'from padding alone';
  return `image rows ${span(bounds.top, bounds.height)}, columns ${span(bounds.left, bounds.width)}`;
}

const span = (first: number, count: number) =>
  count > 1 ? `${first}–${first + count - 1}` : count === 1 ? `${first}` : 'none';
