import { at } from '../at';
import { PlaygroundError } from '../errors';
import { createLayer, type ModelSpec } from './spec';
import type { LayerKindName, LayerSpec } from './layers';
import type { TrainSettings } from './settings';

/**
 * A network with a history: where it comes from, how it was trained there, and what to expect here.
 */
export interface Preset {
  id: string;
  title: string;
  /** Where the network comes from. */
  source: string;
  link?: string;
  /** What a person will see when training it. */
  expect: string;
  spec: ModelSpec;
  /** Settings that its source uses, or that suit it. */
  settings: Pick<TrainSettings, 'batchSize' | 'optimizer'>;
}

const conv = (filters: number, size: number, more: Record<string, unknown> = {}) =>
  createLayer('conv2d', { filters, kernelSize: [size, size], activation: 'relu', ...more });
const pool = (size = 2, stride = size) =>
  createLayer('maxPool2d', { poolSize: [size, size], strides: [stride, stride] });
const dense = (units: number, activation: string) => createLayer('dense', { units, activation });
const flatten = () => createLayer('flatten' satisfies LayerKindName);
const globalPool = () => createLayer('globalAveragePooling2d');
/**
 * A convolution without a bias, because the batch normalization after it would cancel the bias. Its
 * initial weights are those of He et al., which are made for relu.
 */
const plainConv = (filters: number, size: number, stride = 1) =>
  conv(filters, size, {
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
    activation: 'linear',
    kernelInitializer: 'heNormal',
  });
const normalization = () => createLayer('batchNormalization', { momentum: 0.9 });
const relu = () => createLayer('activation');
const block = (filters: number, from: string) => [
  plainConv(filters, 3),
  normalization(),
  relu(),
  plainConv(filters, 3),
  normalization(),
  createLayer('add', { from }),
  relu(),
];
/** A separable convolution: first each channel by itself, then a mix of channels at each pixel. */
const separable = (filters: number, stride = 1) => [
  createLayer('depthwiseConv2d', {
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heNormal',
  }),
  normalization(),
  relu(),
  plainConv(filters, 1),
  normalization(),
  relu(),
];
const network = (name: string, ...layers: LayerSpec[]): ModelSpec => ({ version: 1, name, input: [28, 28, 1], layers });
const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate }) as const;
const adam = (learningRate: number) =>
  ({ kind: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }) as const;

/** The gallery, in the order shown. */
export const presets: readonly Preset[] = [
  {
    id: 'flux-conv-mnist',
    title: 'Flux conv_mnist',
    source: 'The convolutional example of the Flux model zoo (Julia): three convolutions, each halved by pooling.',
    link: 'https://github.com/FluxML/model-zoo/tree/master/vision/conv_mnist',
    expect: 'About 98 % after one epoch; its authors report 99.29 % after 20.',
    spec: network(
      'Flux conv_mnist',
      ...[16, 32, 32].flatMap((filters) => [conv(filters, 3, { padding: 'same' }), pool()]),
      flatten(),
      dense(10, 'softmax'),
    ),
    settings: { batchSize: 128, optimizer: adam(3e-3) },
  },
  {
    id: 'neural-fortran-cnn-mnist',
    title: 'neural-fortran cnn_mnist',
    source:
      'The example of neural-fortran whose training stayed at 9.91 %: its forward pass ' +
      'was right, its backward pass was not.',
    link: 'https://github.com/modern-fortran/neural-fortran/issues/145',
    expect: 'Past 97 % after one epoch and 98 % after three: with a correct backward pass, the network has no fault.',
    spec: network('neural-fortran cnn_mnist', conv(8, 3), pool(), conv(16, 3), pool(), flatten(), dense(10, 'softmax')),
    settings: { batchSize: 32, optimizer: adam(2e-3) },
  },
  {
    id: 'nn-from-scratch',
    title: 'nn_from_scratch, no biases',
    source:
      'A NumPy notebook: 4 filters of 3x3 and 2 of 7x7, without biases, 8,438 parameters, SGD with learning rate 0.5.',
    expect:
      'A learning rate of 0.5 is near the edge: watch the gradients. The notebook ended at a loss of 2.33 and 11.35 %.',
    spec: network(
      'nn_from_scratch',
      conv(4, 3, { useBias: false }),
      conv(2, 7, { useBias: false }),
      flatten(),
      dense(10, 'softmax'),
    ),
    settings: { batchSize: 32, optimizer: sgd(0.5) },
  },
  {
    id: 'deepnet',
    title: 'deepnet, overlapping pooling',
    source:
      'From an issue of the deepnet library: padded convolution and 2x2 max-pooling with stride 1, where its dX ' +
      'was wrong and its dW right.',
    expect: 'Learns well but is heavy: with stride 1 the pooling windows overlap and hardly shrink the image.',
    spec: network('deepnet', conv(32, 3, { padding: 'same' }), pool(2, 1), flatten(), dense(10, 'softmax')),
    settings: { batchSize: 32, optimizer: adam(1e-3) },
  },
  {
    id: 'cpp-lenet',
    title: 'LeNet in C++ from scratch',
    source: 'A C++ LeNet for the Kaggle digit recogniser: two 5x5 convolutions with max-pooling and one dense layer.',
    expect:
      'Its author reached 97.3 %. With large initial weights its logits saturate softmax ' +
      'and the loss sticks at 2.303 = ln 10.',
    spec: network('LeNet in C++', conv(6, 5), pool(), conv(16, 5), pool(), flatten(), dense(10, 'softmax')),
    settings: { batchSize: 32, optimizer: sgd(0.05) },
  },
  {
    id: 'lenet-5',
    title: 'LeNet-5',
    source:
      'LeCun et al. 1998, "Gradient-based learning applied to document recognition", with max-pooling instead of ' +
      'its trainable subsampling.',
    link: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf',
    expect: 'Past 97 % after one epoch, near 99 % after ten.',
    spec: network(
      'LeNet-5',
      conv(6, 5, { padding: 'same', activation: 'tanh' }),
      pool(),
      conv(16, 5, { activation: 'tanh' }),
      pool(),
      flatten(),
      dense(120, 'tanh'),
      dense(84, 'tanh'),
      dense(10, 'softmax'),
    ),
    settings: { batchSize: 128, optimizer: adam(1e-3) },
  },
  {
    id: 'small-resnet',
    title: 'Small ResNet',
    source:
      'He et al. 2015: skip connections carry the gradient past the layers between. Two residual blocks, batch ' +
      'normalization throughout.',
    link: 'https://arxiv.org/abs/1512.03385',
    expect:
      'About 96 % after one epoch, and rising. Compare the gradient of the first ' +
      'convolution with that of a stack without skips.',
    spec: network(
      'Small ResNet',
      plainConv(8, 3, 2),
      normalization(),
      relu(),
      ...block(8, 'activation_1'),
      plainConv(16, 3, 2),
      normalization(),
      relu(),
      ...block(16, 'activation_4'),
      globalPool(),
      dense(10, 'softmax'),
    ),
    settings: { batchSize: 128, optimizer: adam(3e-3) },
  },
  {
    id: 'depthwise-separable',
    title: 'Depthwise separable',
    source:
      'Howard et al. 2017 (MobileNets): each 3x3 convolution split into a depthwise and a 1x1 one, for a fraction ' +
      'of the multiply-adds.',
    link: 'https://arxiv.org/abs/1704.04861',
    expect: 'About 91 % after one epoch with 4,106 parameters: cheap, and slower to learn.',
    spec: network(
      'Depthwise separable',
      plainConv(16, 3, 2),
      normalization(),
      relu(),
      ...separable(32),
      ...separable(64, 2),
      globalPool(),
      createLayer('dropout', { rate: 0.1 }),
      dense(10, 'softmax'),
    ),
    settings: { batchSize: 128, optimizer: adam(3e-3) },
  },
  {
    id: 'mlp',
    title: 'Multilayer perceptron',
    source: 'No convolution at all: two hidden dense layers, the classic baseline.',
    expect: 'About 96 % after one epoch and 98 % at best: it must learn each pixel position by itself.',
    spec: network('Multilayer perceptron', flatten(), dense(128, 'relu'), dense(64, 'relu'), dense(10, 'softmax')),
    settings: { batchSize: 128, optimizer: adam(1e-3) },
  },
  {
    id: 'logistic-regression',
    title: 'Logistic regression',
    source: 'A single dense layer with softmax: one template per digit.',
    expect: 'About 92 %, and no more: the templates in its weights look like blurred digits.',
    spec: network('Logistic regression', flatten(), dense(10, 'softmax')),
    settings: { batchSize: 128, optimizer: adam(1e-3) },
  },
];

export const DEFAULT_PRESET = at(presets, 0);

/** The preset whose authors saw it learn nothing, because of a mistake in their backward pass. */
export const STUCK_PRESET = findPreset('neural-fortran-cnn-mnist');

/**
 * A preset by its id, or by its title or model name in any case.
 * @throws PlaygroundError that lists the ids.
 */
export function findPreset(id: string): Preset {
  const wanted = id.toLowerCase();
  const found = presets.find((preset) =>
    [preset.id, preset.title, preset.spec.name].some((name) => name.toLowerCase() === wanted),
  );
  if (found) return found;
  throw new PlaygroundError(`there is no preset "${id}".`, {
    remedy: `Known presets: ${presets.map((preset) => preset.id).join(', ')}.`,
  });
}
