import { activationField } from '../activations';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { PADDINGS, windowAxis } from '../window';

/** Keras `Conv2D` (https://keras.io/api/layers/convolution_layers/convolution2d/): [H, W, C] -> [H', W', filters]. */
export const conv2d = defineLayer({
  kind: 'conv2d',
  label: 'Conv2D',
  family: 'convolution',
  help: 'Slides small learned filters over the image: each filter answers to one pattern, wherever it is.',
  fields: {
    filters: { type: 'integer', label: 'Filters', help: 'How many patterns the layer learns: its output channels.', min: 1, max: 1024, default: 8 },
    kernelSize: { type: 'pair', label: 'Kernel size', help: 'Height and width of each filter, in pixels.', min: 1, max: 64, default: [3, 3] },
    strides: { type: 'pair', label: 'Strides', help: 'Pixels the filter moves between two outputs, down and across.', min: 1, max: 64, default: [1, 1] },
    padding: { type: 'choice', label: 'Padding', help: '"valid" stays inside the image and shrinks it; "same" pads with zeros so that stride 1 keeps its size.', options: PADDINGS, default: 'valid' },
    useBias: { type: 'boolean', label: 'Bias', help: 'Adds one learned number to every output of a filter.', default: true },
    activation: activationField,
  },
  outputShape({ filters, kernelSize, strides, padding }, input) {
    const [height, width] = requireImage(input);
    const rows = windowAxis(height, kernelSize[0], strides[0], padding, 'kernelSize');
    const columns = windowAxis(width, kernelSize[1], strides[1], padding, 'kernelSize');
    return [rows.output, columns.output, filters];
  },
  weights({ filters, kernelSize, useBias }, input) {
    const area = kernelSize[0] * kernelSize[1];
    const fans = { fanIn: area * input[2], fanOut: area * filters };
    const weight = { name: 'weight', shape: [...kernelSize, input[2], filters], initializer: 'glorotUniform', ...fans } as const;
    const bias = { name: 'bias', shape: [filters], initializer: 'zeros', ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  multiplyAdds(params, input) {
    const [rows, columns, filters] = this.outputShape(params, input);
    return rows * columns * filters * params.kernelSize[0] * params.kernelSize[1] * input[2];
  },
});
