import { perItem, type LayerSite } from '../kernel';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { PADDINGS, windowAxis, windowConstants, type WindowParams } from '../window';

/** Keras `MaxPooling2D` (https://keras.io/api/layers/pooling_layers/max_pooling2d/): [H, W, C] -> [H', W', C]. */
export const maxPool2d = defineLayer({
  kind: 'maxPool2d',
  label: 'MaxPool2D',
  family: 'pooling',
  help: 'Keeps the largest value of each window: a smaller image that still says what was found.',
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
      help: '"valid" drops incomplete windows at the edge; "same" keeps them.',
      options: PADDINGS,
      default: 'valid',
    },
  },
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
        shader: 'max-pool2d',
        entryPoint: 'forward',
        constants: constantsOf(params, site),
        bindings: [
          [0, x, 'read_write'],
          [1, y, 'read_write'],
          [2, site.workspace('winner', y.length), 'read_write'],
        ],
      }),
    ];
  },
  backward(params, site) {
    const { batch, input, y, dy, dx } = site;
    if (!dx) return [];
    return [
      perItem(batch * input[0] * input[1] * Math.ceil(input[2] / 4), site.tuning, {
        label: `${site.id} dL/dx`,
        shader: 'max-pool2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(params, site),
        bindings: [
          [0, dy, 'read_write'],
          [1, site.workspace('winner', y.length), 'read'],
          [2, dx, 'read_write'],
        ],
      }),
    ];
  },
});

function constantsOf({ poolSize, strides, padding }: Omit<WindowParams, 'size'> & { poolSize: WindowParams['size'] }, site: LayerSite) {
  return windowConstants({ size: poolSize, strides, padding }, site.input);
}
