import { channelsOf, imageOf, type Shape } from '../../model/shape';
import { perItem } from './launch';
import type { LayerKernels, SpecOf } from './layer-kernels';

/** Each invocation computes 4 channels: of an image forward, of a row of its input backward. */
export const globalAveragePooling2d: LayerKernels<SpecOf<'globalAveragePooling2d'>> = {
  forward(_spec, { id, batch, input, tuning, x, y }) {
    return [
      perItem(batch * Math.ceil(channelsOf(input) / 4), tuning, {
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
    const [height, , channels] = imageOf(input);
    return [
      perItem(batch * height * Math.ceil(channels / 4), tuning, {
        label: `${id} dL/dx`,
        shader: 'global-average-pooling2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(input),
        bindings: { dy, dx },
      }),
    ];
  },
};

function constantsOf(input: Shape) {
  const [height, width, channels] = imageOf(input);
  return { H: height, W: width, C: channels };
}
