import { PlaygroundError } from '../errors';

export const PADDINGS = ['valid', 'same'] as const;
export type Padding = (typeof PADDINGS)[number];

/** How a sliding window covers one axis. */
export interface WindowAxis {
  /** Number of output positions. */
  output: number;
  /** Number of zeros (in pooling: of ignored cells) before the first input cell. */
  padBefore: number;
}

/**
 * Output size and padding of a sliding window along one axis, as Keras and TensorFlow define them
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2): `valid` gives floor((n -
 * k) / s) + 1; `same` gives ceil(n / s), with the smaller half of the padding first.
 * @throws PlaygroundError if a `valid` window is larger than the input.
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

/** How many cells a window spans along each axis if its own cells stand `dilation` apart. */
export function dilatedSize(size: readonly [number, number], dilation: readonly [number, number]): [number, number] {
  return [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
}

/** A sliding window in two dimensions. */
export interface WindowParams {
  size: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
}
