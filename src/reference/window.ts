import { imageOf, type Shape } from '../model/shape';
import { dilatedSize, windowAxis, type Padding } from '../model/window';

/** A window that slides over images [H, W, C] to outputs [outputHeight, outputWidth, ...]. */
export interface Window {
  height: number;
  width: number;
  channels: number;
  outputHeight: number;
  outputWidth: number;
  /** Rows and columns of the window, of one step of it, and from one of its cells to the next. */
  size: readonly [number, number];
  strides: readonly [number, number];
  dilation: readonly [number, number];
  padTop: number;
  padLeft: number;
}

/** The window of a layer whose shapes are known. */
export function slidingWindow(
  size: Window['size'],
  strides: Window['strides'],
  padding: Padding,
  inputShape: Shape,
  dilation: Window['dilation'] = [1, 1],
): Window {
  const [height, width, channels] = imageOf(inputShape);
  const [tall, wide] = dilatedSize(size, dilation);
  const rows = windowAxis(height, tall, strides[0], padding, 'size');
  const columns = windowAxis(width, wide, strides[1], padding, 'size');
  return {
    height,
    width,
    channels,
    outputHeight: rows.output,
    outputWidth: columns.output,
    size,
    strides,
    dilation,
    padTop: rows.padBefore,
    padLeft: columns.padBefore,
  };
}
