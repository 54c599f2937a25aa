import { lax, numpy as np } from '@jax-js/jax';
import { at } from '../../../src/at';
import { required } from '../../../src/errors';
import type { LayerWork, Work } from './work';

/** Arrays by `layer/name`. An alias, not an interface: jax-js maps over it as a tree. */
export type Arrays = { [name: string]: np.Array };

/** @throws MissingError if there is none of the name. */
export const arrayOf = (arrays: Arrays, name: string): np.Array => required(arrays[name], `array "${name}"`);

/**
 * Converts the weights to jax-js's layouts: convolution [out, in, kh, kw], biases [out, 1, 1] if
 * they are added to images, and dense weights with their rows in the order of [C, H, W] if they
 * follow a flatten.
 */
export function placeWeights(work: Work): { weights: Arrays; moving: Arrays } {
  const weights: Arrays = {};
  const moving: Arrays = {};
  work.layers.forEach(({ id, spec, inputShape }, l) => {
    const given = work.weights[id] ?? {};
    const weightOf = () => required(given.weight, `weight of ${id}`);
    if (spec.kind === 'conv2d') {
      weights[`${id}/weight`] = realized(tensor(weightOf()).transpose([3, 2, 0, 1]));
      if (given.bias) weights[`${id}/bias`] = tensor(given.bias).reshape([-1, 1, 1]);
    } else if (spec.kind === 'dense') {
      const before = work.layers[l - 1];
      const { shape } = weightOf();
      const [inputs, units] = [at(shape, 0), at(shape, 1)];
      const rows = before?.spec.kind === 'flatten' ? [...before.inputShape, units] : [inputs, units];
      const weight = tensor(weightOf()).reshape(rows);
      weights[`${id}/weight`] =
        rows.length === 4 ? realized(weight.transpose([2, 0, 1, 3]).reshape([inputs, units])) : weight;
      if (given.bias) weights[`${id}/bias`] = tensor(given.bias);
    } else if (spec.kind === 'batchNormalization') {
      const shape = [inputShape.at(-1)!, 1, 1];
      weights[`${id}/gamma`] = np.ones(shape);
      weights[`${id}/beta`] = np.zeros(shape);
      moving[`${id}/mean`] = np.zeros(shape);
      moving[`${id}/variance`] = np.ones(shape);
    }
  });
  return { weights, moving };
}

const tensor = ({ shape, data }: { shape: number[]; data: Float32Array }) => np.array(data.slice(), { shape });
/** Computes the array: a transposed array is a view until something is computed from it. */
const realized = (array: np.Array) => array.mul(1);

interface Flow {
  /** Outputs that a later `add` takes, each with its own reference. */
  kept: Map<string, np.Array>;
  /** Mean and variance of the batch, by `layer/name`. */
  statistics: Arrays;
}

/** @param x [N, C, H, W] @returns logits [N, classes], and what batch normalization measured */
export function forward(work: Work, weights: Arrays, x: np.Array): { logits: np.Array; statistics: Arrays } {
  const flow: Flow = { kept: new Map(), statistics: {} };
  const wanted = new Set(work.layers.map(({ spec }) => spec.from));
  let y = x;
  for (const layer of work.layers) {
    y = activated(layer, apply(layer, weights, y, flow));
    if (wanted.has(layer.id)) flow.kept.set(layer.id, y.ref);
  }
  return { logits: y, statistics: flow.statistics };
}

function apply({ id, spec, outputShape }: LayerWork, weights: Arrays, x: np.Array, flow: Flow): np.Array {
  const bias = weights[`${id}/bias`];
  const biased = (y: np.Array) => (bias ? y.add(bias) : y);
  switch (spec.kind) {
    case 'conv2d': {
      const padding = spec.padding === 'same' ? 'SAME' : 'VALID';
      return biased(lax.convGeneralDilated(x, arrayOf(weights, `${id}/weight`), [...spec.strides!], padding));
    }
    case 'maxPool2d':
      if (spec.padding === 'same') throw new Error('The benchmark has no padded pooling for jax-js.');
      return lax.reduceWindow(x, np.max, [...spec.poolSize!], [...spec.strides!]);
    case 'batchNormalization':
      return normalized(id, spec.epsilon!, weights, x, flow);
    case 'activation':
      return x;
    case 'add':
      return x.add(flow.kept.get(spec.from!));
    case 'globalAveragePooling2d':
      return np.mean(x, [2, 3]);
    case 'flatten':
      return x.reshape([-1, at(outputShape, 0)]);
    case 'dense':
      return biased(np.dot(x, arrayOf(weights, `${id}/weight`)));
    default:
      throw new Error(`The benchmark has no ${spec.kind} for jax-js.`);
  }
}

/** Ioffe & Szegedy 2015, algorithm 1, over batch, height and width. */
function normalized(id: string, epsilon: number, weights: Arrays, x: np.Array, { statistics }: Flow): np.Array {
  const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true });
  const centred = x.sub(mean.ref);
  const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
  const channels = at(variance.shape, 1);
  statistics[`${id}/mean`] = mean.reshape([channels, 1, 1]);
  statistics[`${id}/variance`] = variance.ref.reshape([channels, 1, 1]);
  return centred
    .div(np.sqrt(variance.add(epsilon)))
    .mul(arrayOf(weights, `${id}/gamma`))
    .add(arrayOf(weights, `${id}/beta`));
}

function activated({ spec: { activation } }: LayerWork, y: np.Array): np.Array {
  switch (activation) {
    // The loss takes logits and includes softmax.
    case undefined:
    case 'linear':
    case 'softmax':
      return y;
    case 'relu':
      // jax-js's own relu is maximum(y, 0), whose gradient is 1 where y is 0. In Keras and here it
      // is 0, and this order of arguments gives that. It matters, since the black parts of the
      // images begin at exactly 0.
      return np.maximum(0, y);
    case 'tanh':
      // Not jax-js's own tanh, though it is the same function: a step of LeNet-5 would take 105
      // kernels instead of 91.
      return np
        .reciprocal(np.exp(y.mul(-2)).add(1))
        .mul(2)
        .sub(1);
    default:
      throw new Error(`The benchmark has no ${activation} for jax-js.`);
  }
}
