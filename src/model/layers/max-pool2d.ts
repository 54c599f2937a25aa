import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { PADDINGS, windowAxis } from '../window';

/** Keras `MaxPooling2D` (https://keras.io/api/layers/pooling_layers/max_pooling2d/): [H, W, C] -> [H', W', C]. */
export const maxPool2d = defineLayer({
  kind: 'maxPool2d',
  label: 'MaxPool2D',
  family: 'pooling',
  help: 'Keeps the largest value of each window: a smaller image that still says what was found.',
  fields: {
    poolSize: { type: 'pair', label: 'Pool size', help: 'Height and width of the window.', min: 1, max: 64, default: [2, 2] },
    strides: { type: 'pair', label: 'Strides', help: 'Step between windows; smaller than the pool size makes them overlap. Default: the pool size.', min: 1, max: 64, default: { sameAs: 'poolSize' } },
    padding: { type: 'choice', label: 'Padding', help: '"valid" drops incomplete windows at the edge; "same" keeps them.', options: PADDINGS, default: 'valid' },
  },
  outputShape({ poolSize, strides, padding }, input) {
    const [height, width, channels] = requireImage(input);
    const rows = windowAxis(height, poolSize[0], strides[0], padding, 'poolSize');
    const columns = windowAxis(width, poolSize[1], strides[1], padding, 'poolSize');
    return [rows.output, columns.output, channels];
  },
  weights: () => [],
  multiplyAdds: () => 0,
});
