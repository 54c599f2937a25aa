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
});
