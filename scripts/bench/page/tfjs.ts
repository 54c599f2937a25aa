import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { at } from '../../../src/at';
import { required } from '../../../src/errors';
import { runInFlight } from './in-flight';
import { floatBatch, type LayerWork, type Peer, type Trainer, type Work } from './work';

type Variables = Record<string, tf.Variable>;

/** Opens TensorFlow.js. @throws Error if it does not run on that backend here. */
export async function openTfjs(backend: 'webgpu' | 'webgl'): Promise<Peer> {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend "${backend}" here.`);
  await tf.ready();
  return { name: `TensorFlow.js ${backend}`, create: async (work) => createTrainer(work) };
}

function createTrainer(work: Work): Trainer {
  const variables = placeWeights(work);
  const optimizer = optimizerOf(work);
  const ring = Array.from({ length: work.batches }, (_, i) => {
    const { images, oneHot } = floatBatch(work, i);
    return {
      images: tf.tensor4d(images, [work.batchSize, ...work.input]),
      oneHot: tf.tensor2d(oneHot, [work.batchSize, work.classes]),
    };
  });
  const trainable = Object.values(variables).filter(({ trainable }) => trainable);
  let done = 0;
  const step = (): tf.Scalar => {
    const { images, oneHot } = at(ring, done++ % ring.length);
    const lossOf = () => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(oneHot, forward(work, variables, images));
    return optimizer.minimize(lossOf, true, trainable)!;
  };
  const read = async (loss: tf.Scalar) => {
    const value = at(await loss.data(), 0);
    loss.dispose();
    return value;
  };
  return { run: (steps) => runInFlight(steps, step, read, (loss) => loss.dispose()) };
}

/**
 * TensorFlow.js's Adam adds epsilon to the root of the corrected second moment, Keras's to that of
 * the plain one. With an epsilon of 1e-7 the losses agree well within the tolerance of the check.
 */
function optimizerOf({ optimizer }: Work): tf.Optimizer {
  const { kind, learningRate } = optimizer;
  if (kind === 'sgd') return tf.train.sgd(learningRate);
  if (kind === 'adam') return tf.train.adam(learningRate, optimizer.beta1, optimizer.beta2, optimizer.epsilon);
  throw new Error(`The benchmark has no ${kind} for TensorFlow.js.`);
}

/** The layouts in the files are those of Keras, and so of TensorFlow.js. */
function placeWeights(work: Work): Variables {
  const variables: Variables = {};
  for (const { id, spec, inputShape } of work.layers) {
    for (const [name, { shape, data }] of Object.entries(
      spec.kind === 'batchNormalization' ? {} : (work.weights[id] ?? {}),
    )) {
      variables[`${id}/${name}`] = tf.variable(tf.tensor(data.slice(), shape));
    }
    if (spec.kind !== 'batchNormalization') continue;
    const channels = inputShape.at(-1)!;
    variables[`${id}/gamma`] = tf.variable(tf.ones([channels]));
    variables[`${id}/beta`] = tf.variable(tf.zeros([channels]));
    variables[`${id}/mean`] = tf.variable(tf.zeros([channels]), false);
    variables[`${id}/variance`] = tf.variable(tf.ones([channels]), false);
  }
  return variables;
}

/** @param x [N, H, W, C] @returns logits [N, classes] */
function forward(work: Work, variables: Variables, x: tf.Tensor): tf.Tensor {
  const outputs = new Map<string, tf.Tensor>();
  let y = x;
  for (const layer of work.layers) {
    y = activated(layer, apply(layer, variables, y, outputs));
    outputs.set(layer.id, y);
  }
  return y;
}

function apply(
  { id, spec, outputShape }: LayerWork,
  variables: Variables,
  x: tf.Tensor,
  outputs: Map<string, tf.Tensor>,
): tf.Tensor {
  const image = x as tf.Tensor4D;
  const bias = variables[`${id}/bias`];
  const biased = (y: tf.Tensor) => (bias ? tf.add(y, bias) : y);
  const weightOf = () => required(variables[`${id}/weight`], `weight of ${id}`);
  switch (spec.kind) {
    case 'conv2d':
      return biased(tf.conv2d(image, weightOf() as unknown as tf.Tensor4D, [...spec.strides!], spec.padding!));
    case 'maxPool2d':
      return tf.maxPool(image, [...spec.poolSize!], [...spec.strides!], spec.padding!);
    case 'batchNormalization':
      return normalized(id, spec.momentum!, spec.epsilon!, variables, image);
    case 'activation':
      return x;
    case 'add':
      return tf.add(x, outputs.get(spec.from!)!);
    case 'globalAveragePooling2d':
      return tf.mean(x, [1, 2]);
    case 'flatten':
      return tf.reshape(x, [-1, at(outputShape, 0)]);
    case 'dense':
      return biased(tf.matMul(x, weightOf()));
    default:
      throw new Error(`The benchmark has no ${spec.kind} for TensorFlow.js.`);
  }
}

/**
 * Normalizes with the statistics of the batch and updates the running averages, as Keras does in
 * training.
 */
function normalized(id: string, momentum: number, epsilon: number, variables: Variables, x: tf.Tensor4D): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  for (const [name, batch] of Object.entries({ mean, variance })) {
    const moving = required(variables[`${id}/${name}`], `moving ${name} of ${id}`);
    tf.tidy(() => moving.assign(tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))));
  }
  const vector = (tensor: tf.Tensor) => tensor as tf.Tensor1D;
  const { [`${id}/beta`]: beta, [`${id}/gamma`]: gamma } = variables;
  return tf.batchNorm(
    x,
    vector(mean),
    vector(variance),
    beta as unknown as tf.Tensor1D,
    gamma as unknown as tf.Tensor1D,
    epsilon,
  );
}

function activated({ spec: { activation } }: LayerWork, y: tf.Tensor): tf.Tensor {
  switch (activation) {
    // The loss takes logits and includes softmax.
    case undefined:
    case 'linear':
    case 'softmax':
      return y;
    case 'relu':
      return tf.relu(y);
    case 'tanh':
      return tf.tanh(y);
    default:
      throw new Error(`The benchmark has no ${activation} for TensorFlow.js.`);
  }
}
