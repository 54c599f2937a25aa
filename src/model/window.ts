import { PlaygroundError } from '../errors';
import type { Shape } from './shape';

export const PADDINGS = ['valid', 'same'] as const;
export type Padding = (typeof PADDINGS)[number];

/** How a sliding window covers one axis. */
export interface WindowAxis {
  /** Output positions. */
  output: number;
  /** Zeros (or ignored cells, in pooling) before the first input cell. */
  padBefore: number;
}

/**
 * Output size and padding of a sliding window along one axis, as Keras and TensorFlow define them
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2): `valid` gives floor((n -
 * k) / s) + 1; `same` gives ceil(n / s), with the smaller half of the padding first.
 * @throws PlaygroundError where a `valid` window is larger than the input.
 */
export function windowAxis(input: number, size: number, stride: number, padding: Padding, field: string): WindowAxis {
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max((output - 1) * stride + size - input, 0);
    return { output, padBefore: Math.floor(total / 2) };
  }
  if (size > input) {
    throw new PlaygroundError(`a window of ${size} does not fit an input of ${input}.`, {
      where: { field },
      remedy: `Make it ${input} or smaller, or set padding to "same".`,
    });
  }
  return { output: Math.floor((input - size) / stride) + 1, padBefore: 0 };
}

/** Cells that a window spans along each axis where its own cells stand `dilation` apart. */
export function dilatedSize(size: readonly [number, number], dilation: readonly [number, number]): [number, number] {
  return [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
}

/** A sliding window in two dimensions. */
export interface WindowParams {
  size: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
}

/**
 * Override constants that the shaders of convolution and pooling have in common. @param input
 * [height, width, channels]
 */
export function windowConstants({ size, strides, padding }: WindowParams, [height, width, channels]: Shape) {
  const rows = windowAxis(height, size[0], strides[0], padding, 'size');
  const columns = windowAxis(width, size[1], strides[1], padding, 'size');
  const overhang = (axis: WindowAxis, k: number, stride: number, n: number) =>
    axis.padBefore > 0 || (axis.output - 1) * stride + k - axis.padBefore > n;
  return {
    // Whether some cell of a window falls outside the input; without that the shader needs no
    // checks.
    PADDED: Number(overhang(rows, size[0], strides[0], height) || overhang(columns, size[1], strides[1], width)),
    H: height,
    W: width,
    C: channels,
    OH: rows.output,
    OW: columns.output,
    KH: size[0],
    KW: size[1],
    SH: strides[0],
    SW: strides[1],
    PT: rows.padBefore,
    PL: columns.padBefore,
  };
}
