import type { Numbers } from './numbers';
import type { Window } from './window';

/**
 * im2col: lays the window at each of `count` output positions out as one row of `patches`, [count, kh * kw * C], zeros where it
 * hangs over the edge. Positions run over [batch, outputHeight, outputWidth] and begin at `start`.
 * @param images [batch, H, W, C]
 */
export function gatherPatches(window: Window, images: Numbers, patches: Float64Array, start: number, count: number): void {
  const { height, width, channels, size, strides, padTop, padLeft, outputHeight, outputWidth } = window;
  const run = size[1] * channels;
  let to = 0;
  for (let position = start; position < start + count; position++) {
    const row = Math.floor(position / outputWidth);
    const image = Math.floor(row / outputHeight);
    const top = (row % outputHeight) * strides[0] - padTop;
    const left = (position % outputWidth) * strides[1] - padLeft;
    // Cells of one window row inside the image; they are neighbours in memory, channels included.
    const first = Math.max(-left, 0) * channels;
    const last = Math.min(width - left, size[1]) * channels;
    for (let y = top; y < top + size[0]; y++, to += run) {
      if (y < 0 || y >= height) {
        for (let x = 0; x < run; x++) patches[to + x] = 0;
        continue;
      }
      const from = ((image * height + y) * width + left) * channels;
      for (let x = 0; x < first; x++) patches[to + x] = 0;
      for (let x = first; x < last; x++) patches[to + x] = images[from + x];
      for (let x = last; x < run; x++) patches[to + x] = 0;
    }
  }
}

/** The transpose of {@link gatherPatches}: adds every number of `patches` to the image cell it was taken from. */
export function scatterPatches(window: Window, patches: Float64Array, images: Numbers, start: number, count: number): void {
  const { height, width, channels, size, strides, padTop, padLeft, outputHeight, outputWidth } = window;
  const run = size[1] * channels;
  let from = 0;
  for (let position = start; position < start + count; position++) {
    const row = Math.floor(position / outputWidth);
    const image = Math.floor(row / outputHeight);
    const top = (row % outputHeight) * strides[0] - padTop;
    const left = (position % outputWidth) * strides[1] - padLeft;
    const first = Math.max(-left, 0) * channels;
    const last = Math.min(width - left, size[1]) * channels;
    for (let y = top; y < top + size[0]; y++, from += run) {
      if (y < 0 || y >= height) continue;
      const to = ((image * height + y) * width + left) * channels;
      for (let x = first; x < last; x++) images[to + x] += patches[from + x];
    }
  }
}
