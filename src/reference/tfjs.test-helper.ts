import * as tf from '@tensorflow/tfjs';
import { LEAKY_SLOPE, type Activation } from '../model/activations';
import type { Weights } from '../model/initialize';
import { isTrainable, type WeightName } from '../model/layer-kind';
import type { ResolvedLayer, ResolvedModel } from '../model/resolve';

/** Outputs and all gradients of a network as TensorFlow.js computes them. */
export interface TfjsResult {
  loss: number;
  /** Per layer: output, dL/d(input), and that of each trained tensor by name. */
  layers: ({ output: Float32Array; input: Float32Array } & { [Name in WeightName]?: Float32Array })[];
}

/** Runs TensorFlow.js on its plain-JavaScript backend: slow, but nobody's shader. */
export async function useTfjs(): Promise<void> {
  await tf.setBackend('cpu');
}

/**
 * The same network in TensorFlow.js operations, batch normalization with the statistics of the batch. A tensor of zeros is added to the input of every layer: the gradient with
 * respect to it is dL/d(input of the layer).
 */
export function tfjsBackward(model: ResolvedModel, weights: Weights, images: Float32Array, labels: Uint8Array): TfjsResult {
  let result: TfjsResult | undefined;
  tf.tidy(() => {
    result = inOneScope(model, weights, images, labels);
  });
  return result!;
}

function inOneScope(model: ResolvedModel, weights: Weights, images: Float32Array, labels: Uint8Array): TfjsResult {
  const batch = labels.length;
  const x = tf.tensor(images, [batch, ...model.spec.input]);
  const labelRows = tf.oneHot(tf.tensor1d(labels, 'int32'), model.classes);
  const shifts = model.layers.map(({ inputShape }) => tf.zeros([batch, ...inputShape]));
  const names = model.layers.flatMap(({ id, weights: specs }, l) => specs.filter(isTrainable).map(({ name }) => ({ id, name, l })));
  const values = names.map(({ id, name }) => tf.tensor(weights[id][name]!.data, weights[id][name]!.shape));
  const forward = (tensors: tf.Tensor[]): tf.Tensor[] => {
    const trainable = tensors.slice(model.layers.length);
    const outputs: tf.Tensor[] = [];
    model.layers.forEach((layer, l) => {
      const input = tf.add(outputs.at(-1) ?? x, tensors[l]);
      const own = (name: WeightName) => trainable.find((_, i) => names[i].l === l && names[i].name === name);
      outputs.push(tfjsLayer(layer, input, own, layer.skipFrom === undefined ? undefined : outputs[layer.skipFrom]));
    });
    return outputs;
  };
  const loss = (logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labelRows, logits) as tf.Scalar;
  const gradients = tf
    .grads((...tensors) => loss(forward(tensors).at(-1)!))([...shifts, ...values])
    .map(numbersOf);
  const outputs = forward([...shifts, ...values]);
  const layers: TfjsResult['layers'] = outputs.map((output, l) => ({ output: numbersOf(output), input: gradients[l] }));
  names.forEach(({ l, name }, i) => (layers[l][name] = gradients[model.layers.length + i]));
  return { loss: loss(outputs.at(-1)!).dataSync()[0], layers };
}

const numbersOf = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

/** A tensor of the layer at hand, if it has one of that name. */
type Own = (name: WeightName) => tf.Tensor | undefined;

function tfjsLayer({ spec }: ResolvedLayer, x: tf.Tensor, own: Own, skip: tf.Tensor | undefined): tf.Tensor {
  const biased = (y: tf.Tensor) => (own('bias') ? tf.add(y, own('bias')!) : y);
  switch (spec.kind) {
    case 'conv2d': {
      const y = tf.conv2d(x as tf.Tensor4D, own('weight') as tf.Tensor4D, [...spec.strides] as [number, number], spec.padding);
      return activated(spec.activation, biased(y));
    }
    case 'maxPool2d':
      return tf.maxPool(x as tf.Tensor4D, [...spec.poolSize] as [number, number], [...spec.strides] as [number, number], spec.padding);
    case 'flatten':
      return tf.reshape(x, [x.shape[0], -1]);
    case 'dense':
      return activated(spec.activation, biased(tf.matMul(x, own('weight')!)));
    case 'activation':
      return activated(spec.activation, x);
    case 'add':
      return tf.add(x, skip!);
    default:
      return spec satisfies never;
  }
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

/** max |a - b| / max |b|: how far apart two tensors are, against the size of the second. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
    if (Number.isNaN(a[i])) return Infinity;
  }
  return largest === 0 ? difference : difference / largest;
}
