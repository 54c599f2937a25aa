import type { Shape } from '../../model/shape';
import { perItem } from './launch';
import type { LayerKernels, SpecOf } from './layer-kernels';

/** Each invocation computes 4 channels: of an image forward, of a row of its input backward. */
export const globalAveragePooling2d: LayerKernels<SpecOf<'globalAveragePooling2d'>> = {
  forward(_spec, { id, batch, input, tuning, x, y }) {
    return [
      perItem(batch * Math.ceil(input[2] / 4), tuning, {
        label: `${id} forward`,
        shader: 'global-average-pooling2d',
        entryPoint: 'forward',
        constants: constantsOf(input),
        bindings: { x, y },
      }),
    ];
  },
  backward(_spec, { id, batch, input, tuning, dy, dx }) {
    if (!dx) return [];
    return [
      perItem(batch * input[0] * Math.ceil(input[2] / 4), tuning, {
        label: `${id} dL/dx`,
        shader: 'global-average-pooling2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(input),
        bindings: { dy, dx },
      }),
    ];
  },
};

function constantsOf([height, width, channels]: Shape) {
  return { H: height, W: width, C: channels };
}
