import { activationField } from '../activations';
import { defineLayer } from '../layer-kind';

/** Keras `Activation` (https://keras.io/api/layers/core_layers/activation/): any shape, unchanged. */
export const activation = defineLayer({
  kind: 'activation',
  label: 'Activation',
  family: 'activation',
  help: 'Bends each value by itself, so that stacked layers can do more than one layer could.',
  fields: { activation: { ...activationField, default: 'relu' } },
  outputShape: (_params, input) => input,
  weights: () => [],
  multiplyAdds: () => 0,
});
