import { defineLayer } from '../layer-kind';
import { pooledShape, poolingFields } from '../pooling';
import { windowReach } from '../reach';

/**
 * Keras `AveragePooling2D` (https://keras.io/api/layers/pooling_layers/average_pooling2d/): [H, W,
 * C] -> [H', W', C].
 */
export const averagePooling2d = defineLayer({
  kind: 'averagePooling2d',
  label: 'AveragePooling2D',
  family: 'pooling',
  help: 'Keeps the average of each window: a smaller, smoother image.',
  fields: poolingFields,
  note:
    'As in Keras, a window that sticks out is averaged over the cells inside the image, forward and backward. ' +
    'TensorFlow.js agrees forward, but its gradient divides by the whole window.',
  outputShape: pooledShape,
  weights: () => [],
  reach: (params, input) => windowReach({ ...params, size: params.poolSize }, input, 'own', 'mean'),
  formula: {
    forward: ['y[i, j, c] = 1/n[i, j] · ∑ x[m, n, c]   over the window of (i, j)'],
    backward: ['∂L/∂x[m, n, c] = ∑ ∂L/∂y[i, j, c] / n[i, j]   over the windows (i, j) that hold (m, n)'],
    where:
      'n[i, j] is the number of cells of the window that lie inside the image: the ' +
      'gradient is shared out equally among them.',
    source: { title: 'Keras: AveragePooling2D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/' },
  },
  multiplyAdds: () => 0,
});
