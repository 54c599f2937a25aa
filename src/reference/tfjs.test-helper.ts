import * as tf from '@tensorflow/tfjs';
import { LEAKY_SLOPE, type Activation } from '../model/activations';
import type { Weights } from '../model/initialize';
import { isTrainable } from '../model/layer-kind';
import type { WeightName } from '../model/shape';
import type { ResolvedLayer, ResolvedModel } from '../model/resolve';
import { drawBits, drawKey } from '../random-bits';
import type { Mode } from './layer-math';

/** Outputs and all gradients of a network as TensorFlow.js computes them. */
export interface TfjsResult {
  loss: number;
  /** Per layer: output, dL/d(input), and the gradient of each trained tensor by name. */
  layers: ({ output: Float32Array; input: Float32Array } & { [Name in WeightName]?: Float32Array })[];
}

/** Runs TensorFlow.js on its plain-JavaScript backend: slow, but free of shaders. */
export async function useTfjs(): Promise<void> {
  await tf.setBackend('cpu');
}

/**
 * The same network in TensorFlow.js operations. A tensor of zeros is added to the input of every
 * layer: the gradient with respect to it is dL/d(input of the layer).
 */
export function tfjsBackward(
  model: ResolvedModel,
  weights: Weights,
  images: Float32Array,
  labels: Uint8Array,
  mode: Mode = { training: true, seed: 1, step: 0 },
): TfjsResult {
  let result: TfjsResult | undefined;
  tf.tidy(() => {
    result = inOneScope(model, weights, images, labels, mode);
  });
  return result!;
}

function inOneScope(
  model: ResolvedModel,
  weights: Weights,
  images: Float32Array,
  labels: Uint8Array,
  mode: Mode,
): TfjsResult {
  const batch = labels.length;
  const x = tf.tensor(images, [batch, ...model.spec.input]);
  const labelRows = tf.oneHot(tf.tensor1d(labels, 'int32'), model.classes);
  const shifts = model.layers.map(({ inputShape }) => tf.zeros([batch, ...inputShape]));
  const names = model.layers.flatMap(({ id, weights: specs }, l) =>
    specs.filter(isTrainable).map(({ name }) => ({ id, name, l })),
  );
  const values = names.map(({ id, name }) => tf.tensor(weights[id]![name]!.data, weights[id]![name]!.shape));
  const forward = (tensors: tf.Tensor[]): tf.Tensor[] => {
    const trainable = tensors.slice(model.layers.length);
    const outputs: tf.Tensor[] = [];
    model.layers.forEach((layer, l) => {
      const input = tf.add(outputs.at(-1) ?? x, tensors[l]!);
      const own = (name: WeightName) => {
        const kept = weights[layer.id]?.[name];
        return (
          trainable.find((_, i) => names[i]!.l === l && names[i]!.name === name) ??
          (kept && tf.tensor(kept.data, kept.shape))
        );
      };
      outputs.push(
        tfjsLayer(layer, input, own, layer.skipFrom === undefined ? undefined : outputs[layer.skipFrom], {
          ...mode,
          index: l,
        }),
      );
    });
    return outputs;
  };
  const loss = (logits: tf.Tensor) => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(labelRows, logits);
  const gradients = tf
    .grads((...tensors) => loss(forward(tensors).at(-1)!))([...shifts, ...values])
    .map(numbersOf);
  const outputs = forward([...shifts, ...values]);
  const layers: TfjsResult['layers'] = outputs.map((output, l) => ({
    output: numbersOf(output),
    input: gradients[l]!,
  }));
  names.forEach(({ l, name }, i) => (layers[l]![name] = gradients[model.layers.length + i]!));
  return { loss: loss(outputs.at(-1)!).dataSync()[0]!, layers };
}

const numbersOf = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

/** How the current layer behaves, and its place in the stack. */
type Place = Mode & { index: number };

/** A tensor of the current layer, if it has one of that name. */
type Own = (name: WeightName) => tf.Tensor | undefined;

function tfjsLayer(
  { spec, outputShape }: ResolvedLayer,
  x: tf.Tensor,
  own: Own,
  skip: tf.Tensor | undefined,
  place: Place,
): tf.Tensor {
  const biased = (y: tf.Tensor) => (own('bias') ? tf.add(y, own('bias')!) : y);
  switch (spec.kind) {
    case 'conv2d': {
      const weight = dilated(own('weight') as tf.Tensor4D, spec.dilationRate);
      const y = tf.conv2d(x as tf.Tensor4D, weight, [...spec.strides] as [number, number], spec.padding);
      return activated(spec.activation, biased(y));
    }
    case 'depthwiseConv2d': {
      const weight = dilated(own('weight') as tf.Tensor4D, spec.dilationRate);
      return activated(
        spec.activation,
        biased(tf.depthwiseConv2d(x as tf.Tensor4D, weight, [...spec.strides] as [number, number], spec.padding)),
      );
    }
    case 'averagePooling2d':
      return averagePooled(x as tf.Tensor4D, spec.poolSize, spec.strides, spec.padding);
    case 'globalAveragePooling2d':
      return tf.mean(x, [1, 2]);
    case 'zeroPadding2d':
      return tf.pad(x, [[0, 0], ...spec.padding.map(([before, after]): [number, number] => [before, after]), [0, 0]]);
    case 'reshape':
      return tf.reshape(x, [x.shape[0], ...outputShape]);
    case 'maxPool2d':
      return tf.maxPool(
        x as tf.Tensor4D,
        [...spec.poolSize] as [number, number],
        [...spec.strides] as [number, number],
        spec.padding,
      );
    case 'flatten':
      return tf.reshape(x, [x.shape[0], -1]);
    case 'dense':
      return activated(spec.activation, biased(tf.matMul(x, own('weight')!)));
    case 'activation':
      return activated(spec.activation, x);
    case 'batchNormalization':
      return batchNormalized(x, own, spec.epsilon, place);
    case 'dropout':
      return place.training ? tf.mul(x, dropoutMask(x.shape, spec.rate, place)) : x;
    case 'add':
      return tf.add(x, skip!);
    default:
      return spec satisfies never;
  }
}

/**
 * A convolution's weights with zeros between the taps: TensorFlow.js has no gradients for dilation
 * itself.
 */
function dilated(weight: tf.Tensor4D, [down, across]: readonly [number, number]): tf.Tensor4D {
  const [height, width, channels, filters] = weight.shape;
  const cells = tf.pad(tf.reshape(weight, [height, 1, width, 1, channels, filters]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
    [0, 0],
  ]);
  const spaced = tf.reshape<tf.Rank.R4>(cells, [height * down, width * across, channels, filters]);
  return tf.slice4d(spaced, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * across + 1, channels, filters]);
}

/**
 * The sum of a window over the number of its cells inside the image, in place of `tf.avgPool`. The
 * number is the same, but the gradient of `tf.avgPool` divides by the size of the whole window,
 * even where part of the window is outside.
 */
function averagePooled(
  x: tf.Tensor4D,
  size: readonly [number, number],
  strides: readonly [number, number],
  padding: 'valid' | 'same',
): tf.Tensor {
  const ones = tf.ones<tf.Rank.R4>([...size, x.shape[3], 1]);
  const sumOf = (cells: tf.Tensor4D) => tf.depthwiseConv2d(cells, ones, [...strides] as [number, number], padding);
  return tf.div(sumOf(x), sumOf(tf.onesLike(x)));
}

/** Computes as the layer of TensorFlow.js does: `tf.moments` over all axes but the last. */
function batchNormalized(x: tf.Tensor, own: Own, epsilon: number, { training }: Place): tf.Tensor {
  const { mean, variance } = training
    ? tf.moments(x, [...x.shape.keys()].slice(0, -1))
    : { mean: own('movingMean')!, variance: own('movingVariance')! };
  const normalized = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
  const scaled = own('gamma') ? tf.mul(normalized, own('gamma')!) : normalized;
  return own('beta') ? tf.add(scaled, own('beta')!) : scaled;
}

/** Builds the mask of our dropout, since TensorFlow.js would drop other values. */
function dropoutMask(shape: number[], rate: number, { seed, index, step }: Place): tf.Tensor {
  const key = drawKey(seed, index, step);
  const kept = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    Number(drawBits(key, i) >= rate * 2 ** 32),
  );
  return tf.div(tf.tensor(kept, shape), 1 - rate);
}

function activated(activation: Activation, x: tf.Tensor): tf.Tensor {
  switch (activation) {
    case 'linear':
    case 'softmax':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'leakyRelu':
      return tf.leakyRelu(x, LEAKY_SLOPE);
    case 'elu':
      return tf.elu(x);
    case 'gelu':
      return tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.div(x, Math.SQRT2)))));
    case 'silu':
      return tf.mul(x, tf.sigmoid(x));
    default:
      return activation satisfies never;
  }
}

/** max |a - b| / max |b|: how far apart two tensors are, relative to the size of the second. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    largest = Math.max(largest, Math.abs(b[i]!));
    if (Number.isNaN(a[i])) return Infinity;
  }
  return largest === 0 ? difference : difference / largest;
}
