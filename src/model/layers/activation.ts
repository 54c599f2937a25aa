import { activationCode, activationField } from '../activations';
import { defineLayer } from '../layer-kind';

/**
 * Keras `Activation` (https://keras.io/api/layers/core_layers/activation/). The input may have any
 * shape, and the output has the same shape.
 */
export const activation = defineLayer({
  kind: 'activation',
  label: 'Activation',
  family: 'activation',
  help: 'Bends each value by itself, so that stacked layers can do more than one layer could.',
  fields: { activation: { ...activationField, default: 'relu' } },
  outputShape: (_params, input) => input,
  weights: () => [],
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['y[k] = φ(x[k])'],
    backward: ['∂L/∂x[k] = ∂L/∂y[k] · φ′(x[k])'],
    where: 'φ is applied to every number by itself: relu max(0, x), sigmoid 1/(1 + e⁻ˣ), tanh, and so on.',
    source: {
      title: 'Goodfellow, Bengio & Courville 2016, Deep Learning, chapter 6',
      url: 'https://www.deeplearningbook.org/contents/mlp.html',
    },
  },
  multiplyAdds: () => 0,
  isView: (params) => activationCode(params.activation) === 0,
});
