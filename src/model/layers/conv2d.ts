import { PlaygroundError } from '../../errors';
import { activationField } from '../activations';
import { kernelInitializerFields } from '../initializers';
import { defineLayer } from '../layer-kind';
import { windowReach } from '../reach';
import { requireImage } from '../require-shape';
import { channelsOf, sizeOf } from '../shape';
import { dilatedSize, PADDINGS, windowAxis } from '../window';

/**
 * Keras `Conv2D` (https://keras.io/api/layers/convolution_layers/convolution2d/): [H, W, C] -> [H',
 * W', filters].
 */
export const conv2d = defineLayer({
  kind: 'conv2d',
  label: 'Conv2D',
  family: 'convolution',
  help: 'Slides small learned filters over the image: each filter responds to one pattern, wherever it is.',
  fields: {
    filters: {
      type: 'integer',
      label: 'Filters',
      help: 'How many patterns the layer learns: its output channels.',
      min: 1,
      max: 1024,
      default: 8,
    },
    kernelSize: {
      type: 'pair',
      label: 'Kernel size',
      help: 'Height and width of each filter, in pixels.',
      min: 1,
      max: 64,
      default: [3, 3],
    },
    strides: {
      type: 'pair',
      label: 'Strides',
      help: 'Pixels the filter moves between two outputs, down and across.',
      min: 1,
      max: 64,
      default: [1, 1],
    },
    padding: {
      type: 'choice',
      label: 'Padding',
      help: '"valid" stays inside the image and shrinks it; "same" pads with zeros so that stride 1 keeps its size.',
      options: PADDINGS,
      default: 'valid',
    },
    dilationRate: {
      type: 'pair',
      label: 'Dilation',
      help: 'Distance between neighbouring cells of a filter: above 1, it looks at a larger area with holes.',
      min: 1,
      max: 64,
      default: [1, 1],
      advanced: true,
    },
    useBias: {
      type: 'boolean',
      label: 'Bias',
      help: 'Adds one learned number to every output of a filter.',
      default: true,
    },
    activation: activationField,
    ...kernelInitializerFields,
  },
  outputShape(params, input) {
    const [height, width] = requireImage(input);
    refuseStridesWithDilation(params);
    const { strides, padding } = params;
    const [tall, wide] = dilatedSize(params.kernelSize, params.dilationRate);
    const rows = windowAxis(height, tall, strides[0], padding, 'kernelSize');
    const columns = windowAxis(width, wide, strides[1], padding, 'kernelSize');
    return [rows.output, columns.output, params.filters];
  },
  weights({ filters, kernelSize, useBias, kernelInitializer, kernelConstant }, input) {
    const area = kernelSize[0] * kernelSize[1];
    const inputs = channelsOf(input);
    const fans = { fanIn: area * inputs, fanOut: area * filters };
    const initializer = { kind: kernelInitializer, value: kernelConstant };
    const weight = { name: 'weight', shape: [...kernelSize, inputs, filters], initializer, ...fans } as const;
    const bias = { name: 'bias', shape: [filters], initializer: { kind: 'zeros' }, ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  reach: (params, input) =>
    windowReach({ ...params, size: params.kernelSize, dilation: params.dilationRate }, input, 'all', 'weights'),
  formula: {
    forward: [
      'z[i, j, f] = b[f] + ∑ x[i·s₁ + k·d₁ − p₁, j·s₂ + l·d₂ − p₂, c] · W[k, l, c, f]   over k, l, c',
      'y = φ(z)',
    ],
    backward: [
      '∂L/∂z = ∂L/∂y · φ′(z)',
      '∂L/∂W[k, l, c, f] = ∑ᵢ ∑ⱼ x[i·s₁ + k·d₁ − p₁, j·s₂ + l·d₂ − p₂, c] · ∂L/∂z[i, j, f]',
      '∂L/∂b[f] = ∑ᵢ ∑ⱼ ∂L/∂z[i, j, f]',
      '∂L/∂x[m, n, c] = ∑ W[k, l, c, f] · ∂L/∂z[i, j, f]   over k, l, f, i, j',
      '    with i·s₁ + k·d₁ − p₁ = m, j·s₂ + l·d₂ − p₂ = n',
    ],
    where: 's strides, d dilation, p padding, f filter, c input channel; φ the activation. x is 0 outside the image.',
    source: {
      title: 'Dumoulin & Visin 2016, A guide to convolution arithmetic for deep learning',
      url: 'https://arxiv.org/abs/1603.07285',
    },
  },
  multiplyAdds(params, input) {
    const output = this.outputShape(params, input);
    return sizeOf(output) * params.kernelSize[0] * params.kernelSize[1] * channelsOf(input);
  },
  fusesActivation: true,
});

interface Steps {
  strides: readonly [number, number];
  dilationRate: readonly [number, number];
}

/**
 * @throws PlaygroundError if a stride and a dilation are above 1. Keras and TensorFlow.js refuse
 * this as well.
 */
function refuseStridesWithDilation({ strides, dilationRate }: Steps): void {
  if (Math.max(...strides) === 1 || Math.max(...dilationRate) === 1) return;
  throw new PlaygroundError(
    `strides of ${strides.join(' x ')} and a dilation of ${dilationRate.join(' x ')} exclude each other.`,
    {
      where: { field: 'dilationRate' },
      remedy: 'Set the strides or the dilation to 1.',
    },
  );
}
