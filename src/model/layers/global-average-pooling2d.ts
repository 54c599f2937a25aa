import { perItem, type LayerSite } from '../../plan/kernels/launch';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';

/**
 * Keras `GlobalAveragePooling2D`
 * (https://keras.io/api/layers/pooling_layers/global_average_pooling2d/), keepdims false: [H, W, C]
 * -> [C].
 */
export const globalAveragePooling2d = defineLayer({
  kind: 'globalAveragePooling2d',
  label: 'GlobalAveragePooling2D',
  family: 'pooling',
  help: 'Averages each channel over the whole image: one number per channel, in the place of Flatten and a large Dense layer.',
  fields: {},
  outputShape: (_params, input) => [requireImage(input)[2]],
  weights: () => [],
  reach: (_params, [height, width]) => ({
    over: 'window',
    size: [height, width],
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
  forward(_params, site) {
    const { batch, input, x, y } = site;
    return [
      perItem(batch * Math.ceil(input[2] / 4), site.tuning, {
        label: `${site.id} forward`,
        shader: 'global-average-pooling2d',
        entryPoint: 'forward',
        constants: constantsOf(site),
        bindings: [
          [0, x, 'read_write'],
          [1, y, 'read_write'],
        ],
      }),
    ];
  },
  backward(_params, site) {
    const { batch, input, dy, dx } = site;
    if (!dx) return [];
    return [
      perItem(batch * input[0] * Math.ceil(input[2] / 4), site.tuning, {
        label: `${site.id} dL/dx`,
        shader: 'global-average-pooling2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(site),
        bindings: [
          [0, dy, 'read_write'],
          [1, dx, 'read_write'],
        ],
      }),
    ];
  },
});

function constantsOf({ input: [height, width, channels] }: LayerSite) {
  return { H: height, W: width, C: channels };
}
