import { resolveModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';

const conv = (more: object = {}) => ({ kind: 'conv2d', filters: 8, padding: 'same', useBias: false, ...more });
const norm = { kind: 'batchNormalization' };
const relu = { kind: 'activation', activation: 'relu' };
const block = (from: string) => [conv(), norm, relu, conv(), norm, { kind: 'add', from }, relu];

/**
 * A small ResNet (He et al. 2015) for images of 28x28x1: two residual blocks, a pooling of stride 1
 * and dropout. Its first convolution has a bias, whose gradient batch normalization makes 0.
 */
export const smallResnet = resolveModel(
  parseModelSpec({
    name: 'small ResNet',
    input: [28, 28, 1],
    layers: [
      conv({ strides: [2, 2], useBias: true }),
      norm,
      relu,
      ...block('activation_1'),
      { kind: 'maxPool2d', poolSize: [2, 2], strides: [1, 1], padding: 'same' },
      ...block('maxPool2d_1'),
      { kind: 'globalAveragePooling2d' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 10, activation: 'softmax' },
    ],
  }),
);
