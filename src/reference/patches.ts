import type { Numbers } from './numbers';
import type { Window } from './window';

/**
 * im2col: writes the window at each of `count` output positions as one row of `patches`, [count, kh
 * * kw * C], with zeros where it reaches beyond the edge. Positions run over [batch, outputHeight,
 * outputWidth] and begin at `start`.
 * @param images [batch, H, W, C]
 */
export function gatherPatches(
  window: Window,
  images: Numbers,
  patches: Float64Array,
  start: number,
  count: number,
): void {
  forEachRun(window, start, count, (at, from, first, last, length) => {
    for (let i = 0; i < first; i++) patches[at + i] = 0;
    for (let i = first; i < last; i++) patches[at + i] = images[from + i] ?? NaN;
    for (let i = last; i < length; i++) patches[at + i] = 0;
  });
}

/**
 * The transpose of {@link gatherPatches}: adds every number of `patches` to the image cell it was
 * taken from.
 */
export function scatterPatches(
  window: Window,
  patches: Float64Array,
  images: Numbers,
  start: number,
  count: number,
): void {
  forEachRun(window, start, count, (at, to, first, last) => {
    for (let i = first; i < last; i++) images[to + i] = (images[to + i] ?? NaN) + (patches[at + i] ?? NaN);
  });
}

/**
 * Called for a run of `length` numbers, at `at` in the patches and at `cell` in the images. Only
 * `first` to `last` of them are inside the image.
 */
type VisitRun = (at: number, cell: number, first: number, last: number, length: number) => void;

/**
 * Visits the runs of numbers that are neighbours in memory: a row of the window with all its
 * channels or, with dilation, a single cell.
 */
function forEachRun(window: Window, start: number, count: number, visit: VisitRun): void {
  const { height, width, channels, size, strides, dilation, padTop, padLeft, outputHeight, outputWidth } = window;
  const runs = dilation[1] === 1 ? 1 : size[1];
  const cells = size[1] / runs;
  const length = cells * channels;
  let at = 0;
  for (let position = start; position < start + count; position++) {
    const row = Math.floor(position / outputWidth);
    const image = Math.floor(row / outputHeight);
    const top = (row % outputHeight) * strides[0] - padTop;
    const left = (position % outputWidth) * strides[1] - padLeft;
    for (let u = 0; u < size[0]; u++) {
      const y = top + u * dilation[0];
      const outside = y < 0 || y >= height;
      for (let run = 0; run < runs; run++, at += length) {
        const x = left + run * dilation[1];
        const first = Math.min(Math.max(-x, 0), cells) * channels;
        const last = outside ? first : Math.max(first, Math.min(width - x, cells) * channels);
        visit(at, ((image * height + y) * width + x) * channels, first, last, length);
      }
    }
  }
}
