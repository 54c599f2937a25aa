import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../model/activations';
import type { Weights } from '../model/initialize';
import type { ResolvedLayer, ResolvedModel } from '../model/resolve';

/** Outputs and all gradients of a network as TensorFlow.js computes them. */
export interface TfjsResult {
  loss: number;
  /** Per layer: output, dL/d(input), dL/d(weight), dL/d(bias). */
  layers: { output: Float32Array; input: Float32Array; weight?: Float32Array; bias?: Float32Array }[];
}

/** Runs TensorFlow.js on its plain-JavaScript backend: slow, but nobody's shader. */
export async function useTfjs(): Promise<void> {
  await tf.setBackend('cpu');
}

/**
 * The same network in TensorFlow.js operations. A tensor of zeros is added to the input of every layer: the gradient with
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
  const names = model.layers.flatMap(({ id, weights: specs }, l) => specs.map(({ name }) => ({ id, name, l })));
  const values = names.map(({ id, name }) => tf.tensor(weights[id][name]!.data, weights[id][name]!.shape));
  const forward = (tensors: tf.Tensor[]): tf.Tensor[] => {
    const trainable = tensors.slice(model.layers.length);
    const own = (l: number, name: string) => trainable.find((_, i) => names[i].l === l && names[i].name === name);
    const outputs: tf.Tensor[] = [];
    model.layers.forEach((layer, l) => {
      const input = tf.add(outputs.at(-1) ?? x, tensors[l]);
      outputs.push(tfjsLayer(layer, input, own(l, 'weight'), own(l, 'bias')));
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

function tfjsLayer({ spec }: ResolvedLayer, x: tf.Tensor, weight: tf.Tensor | undefined, bias: tf.Tensor | undefined): tf.Tensor {
  switch (spec.kind) {
    case 'conv2d': {
      const y = tf.conv2d(x as tf.Tensor4D, weight as tf.Tensor4D, [...spec.strides] as [number, number], spec.padding);
      return activated(spec.activation, bias ? tf.add(y, bias) : y);
    }
    case 'maxPool2d':
      return tf.maxPool(x as tf.Tensor4D, [...spec.poolSize] as [number, number], [...spec.strides] as [number, number], spec.padding);
    case 'flatten':
      return tf.reshape(x, [x.shape[0], -1]);
    case 'dense': {
      const y = tf.matMul(x, weight!);
      return activated(spec.activation, bias ? tf.add(y, bias) : y);
    }
    case 'activation':
      return activated(spec.activation, x);
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
