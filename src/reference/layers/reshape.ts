import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { copyNumbers } from '../numbers';

/** The same numbers in the same order under another shape, as Keras `Reshape`. */
export const reshape: LayerMath<Extract<LayerSpec, { kind: 'reshape' }>> = {
  forward({ inputShape, batch, input, output }) {
    copyNumbers(input, output, batch * sizeOf(inputShape));
  },
  backward({ inputShape, batch, outputGradient, inputGradient }) {
    if (inputGradient) copyNumbers(outputGradient, inputGradient, batch * sizeOf(inputShape));
  },
};
