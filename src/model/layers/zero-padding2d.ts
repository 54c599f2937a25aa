import type { Margins } from '../fields';
import { perItem, type LayerSite } from '../../plan/kernels/launch';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';

/**
 * Keras `ZeroPadding2D` (https://keras.io/api/layers/reshaping_layers/zero_padding2d/): [H, W, C]
 * -> [top + H + bottom, left + W + right, C].
 */
export const zeroPadding2d = defineLayer({
  kind: 'zeroPadding2d',
  label: 'ZeroPadding2D',
  family: 'shape',
  help: 'Frames the image with zeros, so that filters can reach over its edge.',
  fields: {
    padding: {
      type: 'margins',
      label: 'Padding',
      help: 'Rows of zeros above and below, columns of zeros left and right.',
      min: 0,
      max: 64,
      default: [
        [1, 1],
        [1, 1],
      ],
    },
  },
  outputShape({ padding: [[top, bottom], [left, right]] }, input) {
    const [height, width, channels] = requireImage(input);
    return [top + height + bottom, left + width + right, channels];
  },
  weights: () => [],
  reach: ({ padding: [[top], [left]] }) => ({
    over: 'window',
    size: [1, 1],
    strides: [1, 1],
    dilation: [1, 1],
    padBefore: [top, left],
    channels: 'own',
    combine: 'copy',
  }),
  formula: {
    forward: ['y[i, j, c] = x[i − top, j − left, c]   inside the image, 0 in the frame'],
    backward: ['∂L/∂x[i, j, c] = ∂L/∂y[i + top, j + left, c]'],
    source: { title: 'Keras: ZeroPadding2D', url: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/' },
  },
  multiplyAdds: () => 0,
  forward(params, site) {
    const { batch, output, x, y } = site;
    return [
      perItem(batch * output[0] * Math.ceil((output[1] * output[2]) / 4), site.tuning, {
        label: `${site.id} forward`,
        shader: 'zero-padding2d',
        entryPoint: 'forward',
        constants: constantsOf(params, site),
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
      perItem(batch * input[0] * Math.ceil((input[1] * input[2]) / 4), site.tuning, {
        label: `${site.id} dL/dx`,
        shader: 'zero-padding2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(params, site),
        bindings: [
          [0, dy, 'read_write'],
          [1, dx, 'read_write'],
        ],
      }),
    ];
  },
});

/**
 * Columns and channels are one: a row of the image is a run of numbers, with a run of zeros on
 * either side.
 */
function constantsOf({ padding: [[top], [left]] }: { padding: Margins }, { input, output }: LayerSite) {
  const channels = input[2];
  return {
    H: input[0],
    ROW: input[1] * channels,
    OH: output[0],
    OROW: output[1] * channels,
    TOP: top,
    LEFT: left * channels,
  };
}
