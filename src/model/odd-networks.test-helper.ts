import { resolveModel, type ResolvedModel } from './resolve';
import { parseModelSpec } from './spec';

const named = (name: string, input: number[], layers: object[]): [string, ResolvedModel] => [
  name,
  resolveModel(parseModelSpec({ name, input, layers })),
];
const flatten = { kind: 'flatten' };
const softmax = { kind: 'dense', units: 3, activation: 'softmax' };

/** Small networks whose memory is laid out in unusual ways. */
export const oddNetworks: readonly (readonly [name: string, model: ResolvedModel])[] = [
  named(
    'no biases',
    [5, 7, 2],
    [{ kind: 'conv2d', filters: 5, useBias: false }, flatten, { ...softmax, useBias: false }],
  ),
  named(
    'batch normalization without scale and center, and dropout',
    [6, 5, 3],
    [
      { kind: 'depthwiseConv2d', depthMultiplier: 2, activation: 'gelu' },
      { kind: 'batchNormalization', scale: false, center: false },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'globalAveragePooling2d' },
      softmax,
    ],
  ),
  named(
    'two skips from one layer',
    [7, 7, 2],
    [
      { kind: 'conv2d', filters: 4, padding: 'same', activation: 'silu' },
      { kind: 'batchNormalization' },
      { kind: 'add', from: 'conv2d_1' },
      { kind: 'maxPool2d', poolSize: [3, 3], strides: [1, 1], padding: 'same' },
      { kind: 'add', from: 'conv2d_1' },
      flatten,
      softmax,
    ],
  ),
  named(
    'pooling and padding before the first weights',
    [8, 8, 5],
    [
      { kind: 'averagePooling2d' },
      { kind: 'zeroPadding2d' },
      { kind: 'maxPool2d' },
      flatten,
      { kind: 'dense', units: 700 },
      softmax,
    ],
  ),
  named('dense alone, on a view', [2, 3, 1], [flatten, softmax]),
  named('nothing to train', [2, 2, 3], [{ kind: 'averagePooling2d' }, flatten]),
  named(
    'nothing to train but running averages',
    [2, 2, 3],
    [{ kind: 'batchNormalization', scale: false, center: false }, { kind: 'maxPool2d' }, flatten],
  ),
];
