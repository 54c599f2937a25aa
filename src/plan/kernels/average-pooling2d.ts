import { perItem } from './launch';
import type { LayerKernels, SpecOf } from './layer-kernels';
import { poolingConstants } from './window-constants';

/** Each invocation computes 4 channels of a pixel: of the output forward, of the input backward. */
export const averagePooling2d: LayerKernels<SpecOf<'averagePooling2d'>> = {
  forward(spec, { id, batch, input, output: [height, width, channels], tuning, x, y }) {
    return [
      perItem(batch * height * width * Math.ceil(channels / 4), tuning, {
        label: `${id} forward`,
        shader: 'average-pooling2d',
        entryPoint: 'forward',
        constants: poolingConstants(spec, input),
        bindings: { x, y },
      }),
    ];
  },
  backward(spec, { id, batch, input, tuning, dy, dx }) {
    if (!dx) return [];
    return [
      perItem(batch * input[0] * input[1] * Math.ceil(input[2] / 4), tuning, {
        label: `${id} dL/dx`,
        shader: 'average-pooling2d',
        entryPoint: 'inputGradient',
        constants: poolingConstants(spec, input),
        bindings: { dy, dx },
      }),
    ];
  },
};
