import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { imageOf } from '../shape';

/**
 * Keras `GlobalAveragePooling2D`
 * (https://keras.io/api/layers/pooling_layers/global_average_pooling2d/), keepdims false: [H, W, C]
 * -> [C].
 */
export const globalAveragePooling2d = defineLayer({
  kind: 'globalAveragePooling2d',
  label: 'GlobalAveragePooling2D',
  family: 'pooling',
  help:
    'Averages each channel over the whole image: one number per channel, in place of ' +
    'Flatten and a large Dense layer.',
  fields: {},
  outputShape: (_params, input) => [requireImage(input)[2]],
  weights: () => [],
  reach: (_params, input) => ({
    over: 'window',
    size: [imageOf(input)[0], imageOf(input)[1]],
    strides: [1, 1],
    dilation: [1, 1],
    padBefore: [0, 0],
    channels: 'own',
    combine: 'mean',
  }),
  formula: {
    forward: ['y[c] = 1/(H·W) · ∑ᵢ ∑ⱼ x[i, j, c]'],
    backward: ['∂L/∂x[i, j, c] = ∂L/∂y[c] / (H·W)'],
    source: { title: 'Lin, Chen & Yan 2013, Network In Network', url: 'https://arxiv.org/abs/1312.4400' },
  },
  multiplyAdds: () => 0,
});
