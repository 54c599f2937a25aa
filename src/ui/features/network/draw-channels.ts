import { at } from '../../../at';
import type { Tensor } from '../../../model/initialize';
import { requireImage } from '../../../model/require-shape';
import { NOT_FINITE, pixelsOf, type ColorTable } from '../../kit/palette';

/**
 * The channels of a tensor as pictures side by side, in RGBA bytes. A vector becomes one row of
 * cells.
 */
export interface Tiles {
  width: number;
  height: number;
  /** One array per tile, ready for ImageData. */
  pixels: Uint8ClampedArray<ArrayBuffer>[];
}

/**
 * The largest absolute value, and whether any value is negative. Values that are not finite do not
 * count.
 */
export function rangeOf(data: Float32Array): { max: number; signed: boolean } {
  let max = 0;
  let signed = false;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value === undefined || !Number.isFinite(value)) continue;
    if (value < 0) signed = true;
    max = Math.max(max, Math.abs(value));
  }
  return { max: max || 1, signed };
}

/**
 * @param tensor [height, width, channels] or [units]
 * @param table the colours: signed values -max..max if `signed`, else 0..max
 */
export function tilesOf(
  { shape, data }: Tensor,
  count: number,
  table: ColorTable,
  { max, signed } = rangeOf(data),
): Tiles {
  const [height, width, channels] = shape.length === 3 ? requireImage(shape) : [1, at(shape, 0), 1];
  const colors = pixelsOf(table);
  const pixels = Array.from({ length: Math.min(count, channels) }, (_, channel) => {
    const tile = new Uint32Array(height * width);
    for (let i = 0; i < tile.length; i++) {
      // No call for each pixel, which would be slow. A missing value would be drawn as not finite.
      const value = (data[i * channels + channel] ?? NaN) / max;
      const entry = Math.round(255 * Math.min(1, Math.max(0, signed ? (value + 1) / 2 : value)));
      const color = Number.isFinite(value) ? colors[entry] : undefined;
      tile[i] = color ?? NOT_FINITE;
    }
    return new Uint8ClampedArray(tile.buffer);
  });
  return { width, height, pixels };
}
