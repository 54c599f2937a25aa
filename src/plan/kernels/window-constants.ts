import type { PoolingParams } from '../../model/pooling';
import { imageOf, type Shape } from '../../model/shape';
import { windowAxis, type WindowAxis, type WindowParams } from '../../model/window';

/**
 * Override constants that the shaders of convolution and pooling have in common. @param input
 * [height, width, channels]
 */
export function windowConstants({ size, strides, padding }: WindowParams, input: Shape) {
  const [height, width, channels] = imageOf(input);
  const rows = windowAxis(height, size[0], strides[0], padding, 'size');
  const columns = windowAxis(width, size[1], strides[1], padding, 'size');
  const overhang = (axis: WindowAxis, k: number, stride: number, n: number) =>
    axis.padBefore > 0 || (axis.output - 1) * stride + k - axis.padBefore > n;
  return {
    // Whether some cell of a window falls outside the input. If none does, the shader needs no
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

/** Override constants of the shaders of poolings. @param input [height, width, channels] */
export function poolingConstants({ poolSize, strides, padding }: PoolingParams, input: Shape) {
  return windowConstants({ size: poolSize, strides, padding }, input);
}
