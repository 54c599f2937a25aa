import { required } from '../../../errors';
import type { Tensor } from '../../../model/initialize';
import { requireImage } from '../../../model/require-shape';
import { channelsOf, type Shape } from '../../../model/shape';
import { dilatedSize, windowAxis, type Padding } from '../../../model/window';

/** How a window slides over an image: the parameters of a convolution or a pooling. */
export interface Sliding {
  size: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  /** The distance between neighbouring cells of the window; 1 for poolings. */
  dilation: readonly [number, number];
}

/** One cell of a window: its position in the window and in the image. */
export interface WindowCell {
  u: number;
  v: number;
  row: number;
  column: number;
  /**
   * Whether the cell is inside the image. Cells outside count as zero (convolution) or are left out
   * (pooling).
   */
  inside: boolean;
}

/** The cells of the window for output (y, x), row by row. @param input [H, W, C] */
export function cellsOf(
  { size, strides, padding, dilation }: Sliding,
  input: Shape,
  y: number,
  x: number,
): WindowCell[] {
  const [height, width] = requireImage(input);
  const spans = dilatedSize(size, dilation);
  const top = y * strides[0] - windowAxis(height, spans[0], strides[0], padding, 'size').padBefore;
  const left = x * strides[1] - windowAxis(width, spans[1], strides[1], padding, 'size').padBefore;
  return Array.from({ length: size[0] * size[1] }, (_, i) => {
    const [u, v] = [Math.floor(i / size[1]), i % size[1]];
    const [row, column] = [top + u * dilation[0], left + v * dilation[1]];
    return { u, v, row, column, inside: row >= 0 && column >= 0 && row < height && column < width };
  });
}

/** The number at (row, column, channel) of [H, W, C]; 0 outside. */
export function valueAt({ shape, data }: Tensor, row: number, column: number, channel: number): number {
  const [height, width, channels] = requireImage(shape);
  if (row < 0 || column < 0 || row >= height || column >= width) return 0;
  return data[(row * width + column) * channels + channel] ?? NaN;
}

/** The index of a filter's weight in [kh, kw, in, out]. */
function weightIndex([, kw, inputs, outputs]: Shape, u: number, v: number, channel: number, filter: number): number {
  const cell = u * required(kw, 'width of the filter') + v;
  const inCell = cell * required(inputs, 'number of input channels') + channel;
  return inCell * required(outputs, 'number of filters') + filter;
}

export const weightAt = ({ shape, data }: Tensor, u: number, v: number, channel: number, filter: number): number =>
  data[weightIndex(shape, u, v, channel, filter)] ?? NaN;

/**
 * What one filter computes from the window at (y, x), before the activation: z = b + the sum over
 * window and channels of x w. This is the cross-correlation that deep learning libraries call
 * convolution (Goodfellow et al. 2016, equation 9.6).
 * @param input [H, W, C]
 * @param weight [kh, kw, C, filters]
 */
export function weighWindow(
  input: Tensor,
  weight: Tensor,
  bias: number,
  sliding: Sliding,
  y: number,
  x: number,
  filter: number,
): number {
  const channels = channelsOf(input.shape);
  let z = bias;
  for (const { u, v, row, column } of cellsOf(sliding, input.shape, y, x)) {
    for (let c = 0; c < channels; c++) z += valueAt(input, row, column, c) * weightAt(weight, u, v, c, filter);
  }
  return z;
}

/** {@link weighWindow} at every place: [OH, OW, 1]. @param output [OH, OW, filters] */
export function weighEverywhere(
  input: Tensor,
  weight: Tensor,
  bias: number,
  sliding: Sliding,
  output: Shape,
  filter: number,
): Tensor {
  const [height, width] = requireImage(output);
  const data = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = weighWindow(input, weight, bias, sliding, y, x, filter);
  }
  return { shape: [height, width, 1], data };
}

/**
 * dL/dW of one filter and one input channel for one image. At every place, dL/dz times the pixel
 * that the weight was multiplied by adds to the weight's gradient: dL/dw[u, v] = sum over (y, x) of
 * x[y s + u, x s + v] dL/dz[y, x] (Goodfellow et al. 2016, equation 9.11).
 * @param dz [OH, OW, 1]
 * @returns [kh, kw, 1]
 */
export function filterGradient(input: Tensor, dz: Tensor, sliding: Sliding, channel: number): Tensor {
  const [height, width] = requireImage(dz.shape);
  const data = new Float32Array(sliding.size[0] * sliding.size[1]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const slope = dz.data[y * width + x] ?? NaN;
      if (slope === 0) continue;
      for (const { u, v, row, column } of cellsOf(sliding, input.shape, y, x)) {
        const weight = u * sliding.size[1] + v;
        data[weight] = (data[weight] ?? NaN) + slope * valueAt(input, row, column, channel);
      }
    }
  }
  return { shape: [sliding.size[0], sliding.size[1], 1], data };
}

/** One channel of [H, W, C] as [H, W, 1]. */
export function channelOf({ shape, data }: Tensor, channel: number): Tensor {
  const [height, width, channels] = requireImage(shape);
  const plane = new Float32Array(height * width);
  for (let i = 0; i < plane.length; i++) plane[i] = data[i * channels + channel] ?? NaN;
  return { shape: [height, width, 1], data: plane };
}
