import { defineLayer } from '../layer-kind';
import { channelsOf, sizeOf, type WeightName } from '../shape';

/**
 * Keras `BatchNormalization` over the last axis
 * (https://keras.io/api/layers/normalization_layers/batch_normalization/; Ioffe & Szegedy 2015,
 * https://arxiv.org/abs/1502.03167): [H, W, C] or [C], and the output has the same shape. Training
 * uses the mean and variance of the batch, inference uses their running averages.
 */
export const batchNormalization = defineLayer({
  kind: 'batchNormalization',
  label: 'BatchNormalization',
  family: 'regularisation',
  help:
    'Brings each channel to mean 0 and variance 1 over the batch, then to a learned scale ' +
    'and offset: deep networks train faster.',
  fields: {
    momentum: {
      type: 'number',
      label: 'Momentum',
      help: 'Share of their old value that the running averages of mean and variance keep in each step.',
      min: 0,
      max: 1,
      default: 0.99,
    },
    epsilon: {
      type: 'number',
      label: 'Epsilon',
      help: 'Added to the variance, so that a channel whose values are all equal is not divided by 0.',
      min: 1e-8,
      max: 1,
      default: 1e-3,
      advanced: true,
    },
    center: {
      type: 'boolean',
      label: 'Center',
      help: 'Learns an offset for each channel (beta).',
      default: true,
      advanced: true,
    },
    scale: {
      type: 'boolean',
      label: 'Scale',
      help: 'Learns a factor for each channel (gamma).',
      default: true,
      advanced: true,
    },
  },
  outputShape: (_params, input) => input,
  weights({ momentum, center, scale }, input) {
    const channels = channelsOf(input);
    const spec = (name: WeightName, kind: 'ones' | 'zeros') =>
      ({ name, shape: [channels], initializer: { kind }, fanIn: channels, fanOut: channels }) as const;
    return [
      ...(scale ? [spec('gamma', 'ones')] : []),
      ...(center ? [spec('beta', 'zeros')] : []),
      { ...spec('movingMean', 'zeros'), averageMomentum: momentum },
      { ...spec('movingVariance', 'ones'), averageMomentum: momentum },
    ];
  },
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['x̂ = (x − μ) / √(σ² + ε)', 'y = γ · x̂ + β'],
    backward: [
      '∂L/∂γ = ∑ ∂L/∂y · x̂',
      '∂L/∂β = ∑ ∂L/∂y',
      '∂L/∂x = γ / √(σ² + ε) · (∂L/∂y − 1/n · ∂L/∂β − x̂ · 1/n · ∂L/∂γ)   in training',
      '∂L/∂x = γ / √(σ² + ε) · ∂L/∂y   in use',
    ],
    where:
      'Each channel is normalized by itself. In training, μ and σ² are the mean and variance of its n numbers in the ' +
      'batch; in use (and for the image shown here), they are the running averages.',
    source: { title: 'Ioffe & Szegedy 2015, Batch Normalization', url: 'https://arxiv.org/abs/1502.03167' },
  },
  multiplyAdds: (_params, input) => sizeOf(input),
  note:
    'The running variance is that of the batch divided by n, as in Keras 3 and TensorFlow.js; PyTorch divides by n - ' +
    '1, and its momentum is 1 minus this one.',
});
