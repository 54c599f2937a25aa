import { PlaygroundError } from '../../errors';
import { activationField } from '../activations';
import { kernelInitializerFields } from '../initializers';
import { defineLayer } from '../layer-kind';
import { windowReach } from '../reach';
import { requireImage } from '../require-shape';
import { channelsOf, sizeOf } from '../shape';
import { dilatedSize, PADDINGS, windowAxis } from '../window';

/**
 * Keras `DepthwiseConv2D`
 * (https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/): [H, W, C] -> [H', W',
 * C * depthMultiplier]. Output channel c * depthMultiplier + m sees input channel c alone, through
 * its filter m.
 */
export const depthwiseConv2d = defineLayer({
  kind: 'depthwiseConv2d',
  label: 'DepthwiseConv2D',
  family: 'convolution',
  help:
    'Filters each channel by itself. Together with a 1x1 Conv2D after it, which mixes ' +
    'the channels, this is a separable convolution.',
  fields: {
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
      help: 'Pixels the filter moves between two outputs, down and across. Both must be equal.',
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
    depthMultiplier: {
      type: 'integer',
      label: 'Depth multiplier',
      help: 'Filters for each input channel.',
      min: 1,
      max: 64,
      default: 1,
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
  note:
    'Like TensorFlow, this layer refuses strides that differ, and strides together with dilation. TensorFlow.js has ' +
    'no gradient for a dilated depthwise convolution. The range of the initial weights follows Keras, which counts ' +
    'all channels as inputs of each output.',
  outputShape(params, input) {
    const [height, width, channels] = requireImage(input);
    requireStrides(params);
    const { strides, padding, depthMultiplier } = params;
    const [tall, wide] = dilatedSize(params.kernelSize, params.dilationRate);
    const rows = windowAxis(height, tall, strides[0], padding, 'kernelSize');
    const columns = windowAxis(width, wide, strides[1], padding, 'kernelSize');
    return [rows.output, columns.output, channels * depthMultiplier];
  },
  weights({ kernelSize, depthMultiplier, useBias, kernelInitializer, kernelConstant }, input) {
    const channels = channelsOf(input);
    const area = kernelSize[0] * kernelSize[1];
    // Like Keras, this counts all channels, although an output sums over one channel only.
    const fans = { fanIn: area * channels, fanOut: area * depthMultiplier };
    const initializer = { kind: kernelInitializer, value: kernelConstant };
    const weight = { name: 'weight', shape: [...kernelSize, channels, depthMultiplier], initializer, ...fans } as const;
    const bias = {
      name: 'bias',
      shape: [channels * depthMultiplier],
      initializer: { kind: 'zeros' },
      ...fans,
    } as const;
    return useBias ? [weight, bias] : [weight];
  },
  reach: (params, input) =>
    windowReach({ ...params, size: params.kernelSize, dilation: params.dilationRate }, input, 'own', 'weights'),
  formula: {
    forward: [
      'z[i, j, c·M + m] = b[c·M + m] + ∑ₖ ∑ₗ x[i·s + k·d₁ − p₁, j·s + l·d₂ − p₂, c] · W[k, l, c, m]',
      'y = φ(z)',
    ],
    backward: [
      '∂L/∂z = ∂L/∂y · φ′(z)',
      '∂L/∂W[k, l, c, m] = ∑ᵢ ∑ⱼ x[i·s + k·d₁ − p₁, j·s + l·d₂ − p₂, c] · ∂L/∂z[i, j, c·M + m]',
      '∂L/∂b[f] = ∑ᵢ ∑ⱼ ∂L/∂z[i, j, f]',
      '∂L/∂x[u, v, c] = ∑ W[k, l, c, m] · ∂L/∂z[i, j, c·M + m]   over k, l, m, i, j',
      '    with i·s + k·d₁ − p₁ = u, j·s + l·d₂ − p₂ = v',
    ],
    where:
      'M depth multiplier, s stride, d dilation, p padding, c channel; φ the activation. x is 0 outside the image.',
    source: {
      title: 'Chollet 2016, Xception: Deep Learning with Depthwise Separable Convolutions',
      url: 'https://arxiv.org/abs/1610.02357',
    },
  },
  multiplyAdds(params, input) {
    const output = this.outputShape(params, input);
    return sizeOf(output) * params.kernelSize[0] * params.kernelSize[1];
  },
  fusesActivation: true,
});

interface Steps {
  strides: readonly [number, number];
  dilationRate: readonly [number, number];
}

/**
 * @throws PlaygroundError if the two strides differ, or if a stride and a dilation are above 1.
 * TensorFlow refuses both (https://www.tensorflow.org/api_docs/python/tf/nn/depthwise_conv2d).
 */
function requireStrides({ strides, dilationRate }: Steps): void {
  if (strides[0] !== strides[1]) {
    throw new PlaygroundError(
      `a depthwise convolution moves equally far down and across, not ${strides.join(' and ')}.`,
      {
        where: { field: 'strides' },
        remedy: 'Give the same stride twice.',
      },
    );
  }
  if (strides[0] > 1 && Math.max(...dilationRate) > 1) {
    throw new PlaygroundError(
      `strides of ${strides.join(' x ')} and a dilation of ${dilationRate.join(' x ')} exclude each other.`,
      {
        where: { field: 'dilationRate' },
        remedy: 'Set the strides or the dilation to 1.',
      },
    );
  }
}
