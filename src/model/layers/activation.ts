import { activationCode, activationField } from '../activations';
import { activationGradient } from '../activation-gradient';
import { perItem, wholeVec4s } from '../kernel';
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
  isView: (params) => activationCode(params.activation) === 0,
  forward(params, { id, x, y, tuning }) {
    const count = Math.ceil(y.length / 4);
    return [
      perItem(count, tuning, {
        label: `${id} forward`,
        shader: 'activation',
        entryPoint: 'forward',
        constants: { ACTIVATION: activationCode(params.activation) },
        bindings: [
          [0, wholeVec4s(x), 'read_write'],
          [1, wholeVec4s(y), 'read_write'],
        ],
      }),
    ];
  },
  backward(params, { id, y, dy, dx, tuning }) {
    return dx ? [activationGradient(id, params.activation, { y, dy, dz: dx }, tuning)] : [];
  },
});
