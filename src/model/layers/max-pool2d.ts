import { defineLayer } from '../layer-kind';
import { pooledShape, poolingFields, windowsAreApart } from '../pooling';
import { windowReach } from '../reach';

/**
 * Keras `MaxPooling2D` (https://keras.io/api/layers/pooling_layers/max_pooling2d/): [H, W, C] ->
 * [H', W', C].
 */
export const maxPool2d = defineLayer({
  kind: 'maxPool2d',
  label: 'MaxPool2D',
  family: 'pooling',
  help: 'Keeps the largest value of each window: a smaller image that still says what was found.',
  fields: poolingFields,
  outputShape: pooledShape,
  weights: () => [],
  reach: (params, input) => windowReach({ ...params, size: params.poolSize }, input, 'own', 'max'),
  formula: {
    forward: ['y[i, j, c] = max x[m, n, c]   over the window of (i, j)'],
    backward: ['∂L/∂x[m, n, c] = ∑ ∂L/∂y[i, j, c]   over the windows (i, j) that x[m, n, c] has won'],
    where: 'Cells outside the image never win. Of equal values the first in reading order wins, as in TensorFlow.',
    source: { title: 'Keras: MaxPooling2D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/' },
  },
  multiplyAdds: () => 0,
  routesGradient: windowsAreApart,
});
