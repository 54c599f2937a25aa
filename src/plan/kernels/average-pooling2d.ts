import { imageOf } from '../../model/shape';
import { perItem } from './launch';
import type { LayerKernels, SpecOf } from './layer-kernels';
import { poolingConstants } from './window-constants';

/** Each invocation computes 4 channels of a pixel: of the output forward, of the input backward. */
export const averagePooling2d: LayerKernels<SpecOf<'averagePooling2d'>> = {
  forward(spec, { id, batch, input, output, tuning, x, y }) {
    const [height, width, channels] = imageOf(output);
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
    const [height, width, channels] = imageOf(input);
    return [
      perItem(batch * height * width * Math.ceil(channels / 4), tuning, {
        label: `${id} dL/dx`,
        shader: 'average-pooling2d',
        entryPoint: 'inputGradient',
        constants: poolingConstants(spec, input),
        bindings: { dy, dx },
      }),
    ];
  },
};
