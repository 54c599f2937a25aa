import { activationField } from '../activations';
import { defineLayer } from '../layer-kind';
import { requireVector } from '../require-shape';

/** Keras `Dense` (https://keras.io/api/layers/core_layers/dense/): [in] -> [units]. */
export const dense = defineLayer({
  kind: 'dense',
  label: 'Dense',
  family: 'dense',
  help: 'Connects every input to every unit. The last one has a unit for each class.',
  fields: {
    units: { type: 'integer', label: 'Units', help: 'Number of outputs; in the last layer, the number of classes.', min: 1, max: 8192, default: 32 },
    useBias: { type: 'boolean', label: 'Bias', help: 'Adds one learned number to every unit.', default: true },
    activation: activationField,
  },
  outputShape({ units }, input) {
    requireVector(input);
    return [units];
  },
  weights({ units, useBias }, input) {
    const fans = { fanIn: input[0], fanOut: units };
    const weight = { name: 'weight', shape: [input[0], units], initializer: 'glorotUniform', ...fans } as const;
    const bias = { name: 'bias', shape: [units], initializer: 'zeros', ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  multiplyAdds: ({ units }, input) => units * input[0],
});
