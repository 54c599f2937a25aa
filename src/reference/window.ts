import type { Shape } from '../model/layer-kind';
import { windowAxis, type Padding } from '../model/window';

/** A window sliding over images [H, W, C] to outputs [outputHeight, outputWidth, ...]. */
export interface Window {
  height: number;
  width: number;
  channels: number;
  outputHeight: number;
  outputWidth: number;
  /** Rows and columns of the window, and of one step. */
  size: readonly [number, number];
  strides: readonly [number, number];
  padTop: number;
  padLeft: number;
}

/** The window of a layer whose shapes have been worked out. */
export function slidingWindow(size: Window['size'], strides: Window['strides'], padding: Padding, inputShape: Shape): Window {
  const [height, width, channels] = inputShape;
  const rows = windowAxis(height, size[0], strides[0], padding, 'size');
  const columns = windowAxis(width, size[1], strides[1], padding, 'size');
  return {
    height,
    width,
    channels,
    outputHeight: rows.output,
    outputWidth: columns.output,
    size,
    strides,
    padTop: rows.padBefore,
    padLeft: columns.padBefore,
  };
}
