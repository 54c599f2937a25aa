import { defineLayer } from '../layer-kind';

/**
 * Keras `Dropout` (https://keras.io/api/layers/regularization_layers/dropout/; Srivastava et al.
 * 2014). The input may have any shape, and the output has the same shape. In training, each value
 * is dropped with probability `rate` and the others are divided by 1 - rate, so that the expected
 * sum stays the same. At inference, the layer is a view. Seed, layer, step and position determine
 * which values are dropped, so the backward pass can draw the same values again.
 */
export const dropout = defineLayer({
  kind: 'dropout',
  label: 'Dropout',
  family: 'regularisation',
  help: 'Drops values at random while training, so that no unit can rely on a single other unit.',
  fields: {
    rate: {
      type: 'number',
      label: 'Rate',
      help: 'Share of the values that is dropped in each step.',
      min: 0,
      max: 0.99,
      default: 0.5,
    },
  },
  outputShape: (_params, input) => input,
  weights: () => [],
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['y[k] = x[k] · r[k] / (1 − rate)   in training', 'y[k] = x[k]   in use'],
    backward: ['∂L/∂x[k] = ∂L/∂y[k] · r[k] / (1 − rate)'],
    where: 'r[k] is drawn anew in every step: 0 with probability rate, else 1.',
    source: {
      title: 'Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
      url: 'https://jmlr.org/papers/v15/srivastava14a.html',
    },
  },
  multiplyAdds: () => 0,
  isView: ({ rate }, training) => !training || rate === 0,
  note:
    'Which values are dropped depends on the seed of the run, the place of the layer and the number of the step; ' +
    'Keras and TensorFlow.js drop other values.',
});

/** A value is dropped if its 32 random bits are below this threshold. */
export function dropThreshold(rate: number): number {
  return Math.round(rate * 2 ** 32);
}
