import { at } from '../../../at';
import { sequentialTable } from '../../kit/palette';

/** How much of the image's brightness is left below the marks. */
const DIMMED = 0.55;

/**
 * The colours of {@link overlay}, from nothing to the maximum. They are the colours for dark pages,
 * because the image is black.
 */
export const overlayColors = () => sequentialTable('dark');

/**
 * A grey image with a map over it. The map is more opaque where its values are larger.
 * @param pixels [H, W, C] in 0..1; only the first channel is shown
 * @param map [H, W], never negative; a value that is not finite is left out
 * @param max the value that gets the last colour; 0 if there is nothing to show
 * @returns RGBA [H, W, 4]
 */
export function overlay(
  pixels: Float32Array,
  channels: number,
  map: Float32Array,
  max: number,
): Uint8ClampedArray<ArrayBuffer> {
  const colors = overlayColors();
  const rgba = new Uint8ClampedArray(4 * map.length);
  map.forEach((value, i) => {
    const share = max > 0 && Number.isFinite(value) ? Math.min(1, value / max) : 0;
    const gray = 255 * DIMMED * at(pixels, i * channels);
    const entry = 4 * Math.round(255 * share);
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = gray * (1 - share) + at(colors, entry + c) * share;
    rgba[4 * i + 3] = 255;
  });
  return rgba;
}
