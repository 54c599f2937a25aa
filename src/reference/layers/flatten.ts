import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { copyNumbers } from '../numbers';

/** [H, W, C] -> [H * W * C]: the same numbers in the same order. */
export const flatten: LayerMath<Extract<LayerSpec, { kind: 'flatten' }>> = {
  forward({ inputShape, batch, input, output }) {
    copyNumbers(input, output, batch * sizeOf(inputShape));
  },
  backward({ inputShape, batch, outputGradient, inputGradient }) {
    if (inputGradient) copyNumbers(outputGradient, inputGradient, batch * sizeOf(inputShape));
  },
};
