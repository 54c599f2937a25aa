import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { copyNumbers, read } from '../numbers';

/** y = x + skip for every element; any shape. */
export const add: LayerMath<Extract<LayerSpec, { kind: 'add' }>> = {
  forward({ inputShape, batch, input, skip, output }) {
    for (let i = 0; i < batch * sizeOf(inputShape); i++) output[i] = read(input, i) + read(skip!, i);
  },
  backward({ inputShape, batch, outputGradient, inputGradient }) {
    if (inputGradient) copyNumbers(outputGradient, inputGradient, batch * sizeOf(inputShape));
  },
};
