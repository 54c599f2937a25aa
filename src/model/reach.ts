import { imageOf, type ImageShape, type Shape, sizeOf } from './shape';
import { dilatedSize, windowAxis, type Padding } from './window';

/**
 * Which numbers of the input one number of the output is computed from, and how. A vector counts as
 * an image of 1x1.
 */
export type Reach =
  /** All numbers of the input, each with a weight of its own. */
  | { over: 'everything' }
  /** The number at the same place of the flat tensor: activations, normalization, views. */
  | { over: 'element' }
  | WindowReach;

/**
 * Window cell (ky, kx) of output (i, j) is input cell (i * strides[0] - padBefore[0] + ky *
 * dilation[0], and so on).
 */
export interface WindowReach {
  over: 'window';
  /** Rows and columns. */
  size: readonly [number, number];
  strides: readonly [number, number];
  dilation: readonly [number, number];
  /** Rows of padding above the image, and columns of padding left of it. */
  padBefore: readonly [number, number];
  /** Whether the window sees all channels, or only the one that the output channel belongs to. */
  channels: 'all' | 'own';
  /**
   * How the output comes from the window: as the weighted sum of its numbers, the largest, the
   * mean, or (for a window of one cell) the number itself.
   */
  combine: 'weights' | 'max' | 'mean' | 'copy';
}

/** [height, width, channels] of a shape; a vector [n] is [1, 1, n]. */
export const asImage = (shape: Shape): ImageShape => (shape.length === 3 ? imageOf(shape) : [1, 1, sizeOf(shape)]);

/** The input channel of output channel `channel`, if a window sees only one channel. */
export const ownChannel = (channel: number, inputs: number, outputs: number) =>
  Math.floor((channel * inputs) / outputs);

/** One cell of a window in the input, row by row from the top left one. */
export interface WindowCell {
  ky: number;
  kx: number;
  y: number;
  x: number;
  /** False if the cell lies outside the image: it then counts as 0, or not at all in pooling. */
  inside: boolean;
}

/** The cells under the window of output position (i, j). @param input shape of the layer's input */
export function windowCells(
  { size, strides, dilation, padBefore }: WindowReach,
  input: Shape,
  i: number,
  j: number,
): WindowCell[] {
  const [height, width] = asImage(input);
  const cells: WindowCell[] = [];
  for (let ky = 0; ky < size[0]; ky++) {
    for (let kx = 0; kx < size[1]; kx++) {
      const y = i * strides[0] - padBefore[0] + ky * dilation[0];
      const x = j * strides[1] - padBefore[1] + kx * dilation[1];
      cells.push({ ky, kx, y, x, inside: y >= 0 && y < height && x >= 0 && x < width });
    }
  }
  return cells;
}

/**
 * The reach of a layer that slides a window over its input.
 * @param window the layer's parameters of the window
 */
export function windowReach(
  window: {
    size: WindowReach['size'];
    strides: WindowReach['strides'];
    padding: Padding;
    dilation?: WindowReach['dilation'];
  },
  input: Shape,
  channels: WindowReach['channels'],
  combine: WindowReach['combine'],
): WindowReach {
  const { size, strides, padding, dilation = [1, 1] } = window;
  const [height, width] = imageOf(input);
  const [tall, wide] = dilatedSize(size, dilation);
  const rows = windowAxis(height, tall, strides[0], padding, 'size');
  const columns = windowAxis(width, wide, strides[1], padding, 'size');
  return { over: 'window', size, strides, dilation, padBefore: [rows.padBefore, columns.padBefore], channels, combine };
}
