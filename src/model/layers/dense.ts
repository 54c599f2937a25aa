import { activationField } from '../activations';
import { kernelInitializerFields } from '../initializers';
import { defineLayer } from '../layer-kind';
import { requireVector } from '../require-shape';
import { channelsOf } from '../shape';

/** Keras `Dense` (https://keras.io/api/layers/core_layers/dense/): [in] -> [units]. */
export const dense = defineLayer({
  kind: 'dense',
  label: 'Dense',
  family: 'dense',
  help: 'Connects every input to every unit. The last Dense layer has a unit for each class.',
  fields: {
    units: {
      type: 'integer',
      label: 'Units',
      help: 'Number of outputs; in the last layer, the number of classes.',
      min: 1,
      max: 8192,
      default: 32,
    },
    useBias: { type: 'boolean', label: 'Bias', help: 'Adds one learned number to every unit.', default: true },
    activation: activationField,
    ...kernelInitializerFields,
  },
  outputShape({ units }, input) {
    requireVector(input);
    return [units];
  },
  weights({ units, useBias, kernelInitializer, kernelConstant }, input) {
    const inputs = channelsOf(input);
    const fans = { fanIn: inputs, fanOut: units };
    const initializer = { kind: kernelInitializer, value: kernelConstant };
    const weight = { name: 'weight', shape: [inputs, units], initializer, ...fans } as const;
    const bias = { name: 'bias', shape: [units], initializer: { kind: 'zeros' }, ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  reach: () => ({ over: 'everything' }),
  formula: {
    forward: ['z[u] = b[u] + ∑ₖ x[k] · W[k, u]', 'y = φ(z)'],
    backward: [
      '∂L/∂z = ∂L/∂y · φ′(z)',
      '∂L/∂W[k, u] = x[k] · ∂L/∂z[u]',
      '∂L/∂b[u] = ∂L/∂z[u]',
      '∂L/∂x[k] = ∑ᵤ W[k, u] · ∂L/∂z[u]',
    ],
    where:
      'φ is the activation. With softmax, the layer stores the logits z; softmax and cross-entropy together give ' +
      '∂L/∂z[u] = p[u] − 1 for the true class, p[u] for the others.',
    source: {
      title: 'Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors',
      url: 'https://doi.org/10.1038/323533a0',
    },
  },
  multiplyAdds: ({ units }, input) => units * channelsOf(input),
  fusesActivation: true,
});
