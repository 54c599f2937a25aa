import { perItem, type LayerSite } from '../kernel';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { PADDINGS, windowAxis, windowConstants, type WindowParams } from '../window';

/** Keras `AveragePooling2D` (https://keras.io/api/layers/pooling_layers/average_pooling2d/): [H, W, C] -> [H', W', C]. */
export const averagePooling2d = defineLayer({
  kind: 'averagePooling2d',
  label: 'AveragePooling2D',
  family: 'pooling',
  help: 'Keeps the average of each window: a smaller, smoother image.',
  fields: {
    poolSize: { type: 'pair', label: 'Pool size', help: 'Height and width of the window.', min: 1, max: 64, default: [2, 2] },
    strides: {
      type: 'pair',
      label: 'Strides',
      help: 'Step between windows; smaller than the pool size makes them overlap. Default: the pool size.',
      min: 1,
      max: 64,
      default: { sameAs: 'poolSize' },
    },
    padding: {
      type: 'choice',
      label: 'Padding',
      help: '"valid" drops incomplete windows at the edge; "same" keeps them and averages the cells inside the image.',
      options: PADDINGS,
      default: 'valid',
    },
  },
  note:
    'As in Keras, a window that sticks out is averaged over the cells inside the image, forward and backward. ' +
    'TensorFlow.js agrees forward, but its gradient divides by the whole window.',
  outputShape({ poolSize, strides, padding }, input) {
    const [height, width, channels] = requireImage(input);
    const rows = windowAxis(height, poolSize[0], strides[0], padding, 'poolSize');
    const columns = windowAxis(width, poolSize[1], strides[1], padding, 'poolSize');
    return [rows.output, columns.output, channels];
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward(params, site) {
    const { batch, output, x, y } = site;
    return [
      perItem(batch * output[0] * output[1] * Math.ceil(output[2] / 4), site.tuning, {
        label: `${site.id} forward`,
        shader: 'average-pooling2d',
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
      perItem(batch * input[0] * input[1] * Math.ceil(input[2] / 4), site.tuning, {
        label: `${site.id} dL/dx`,
        shader: 'average-pooling2d',
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

function constantsOf({ poolSize, strides, padding }: Omit<WindowParams, 'size'> & { poolSize: WindowParams['size'] }, site: LayerSite) {
  return windowConstants({ size: poolSize, strides, padding }, site.input);
}
