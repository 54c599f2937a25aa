import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { copyNumbers } from '../numbers';

/** y = x + skip for every element; any shape. */
export const add: LayerMath<Extract<LayerSpec, { kind: 'add' }>> = {
  forward({ inputShape, batch, input, skip, output }) {
    for (let i = 0; i < batch * sizeOf(inputShape); i++) output[i] = (input[i] ?? NaN) + (skip![i] ?? NaN);
  },
  backward({ inputShape, batch, outputGradient, inputGradient }) {
    if (inputGradient) copyNumbers(outputGradient, inputGradient, batch * sizeOf(inputShape));
  },
};
