import { needsPreactivation } from '../../model/activations';
import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import { activate, activateBackward, activationChoices } from '../activations';
import type { LayerMath } from '../layer-math';

/** y = f(x) for every element; any shape. */
export const activation: LayerMath<Extract<LayerSpec, { kind: 'activation' }>> = {
  forward({ spec, inputShape, batch, input, output }) {
    activate(spec.activation, input, output, 0, batch * sizeOf(inputShape));
  },
  backward({ spec, inputShape, batch, input, output, outputGradient, inputGradient }) {
    const from = needsPreactivation(spec.activation) ? input : output;
    if (inputGradient)
      activateBackward(spec.activation, outputGradient, from, inputGradient, 0, batch * sizeOf(inputShape));
  },
  choices({ spec, inputShape, batch, output }, into) {
    activationChoices(spec.activation, output, into, batch * sizeOf(inputShape));
  },
};
