import { perItem } from '../../plan/kernels/launch';
import { defineLayer } from '../layer-kind';
import { pooledShape, poolingConstants, poolingFields } from '../pooling';
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
      'n[i, j] is the number of cells of the window that lie inside the image: the gradient is shared out equally among them.',
    source: { title: 'Keras: AveragePooling2D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/' },
  },
  multiplyAdds: () => 0,
  forward(params, site) {
    const { batch, output, x, y } = site;
    return [
      perItem(batch * output[0] * output[1] * Math.ceil(output[2] / 4), site.tuning, {
        label: `${site.id} forward`,
        shader: 'average-pooling2d',
        entryPoint: 'forward',
        constants: poolingConstants(params, site),
        bindings: [
          [0, x, 'read_write'],
          [1, y, 'read_write'],
        ],
      }),
    ];
  },
  backward(params, site) {
    const { batch, input, dy, dx } = site;
    if (!dx) return [];
    return [
      perItem(batch * input[0] * input[1] * Math.ceil(input[2] / 4), site.tuning, {
        label: `${site.id} dL/dx`,
        shader: 'average-pooling2d',
        entryPoint: 'inputGradient',
        constants: poolingConstants(params, site),
        bindings: [
          [0, dy, 'read_write'],
          [1, dx, 'read_write'],
        ],
      }),
    ];
  },
});
