import { at } from '../../at';
import { required } from '../../errors';
import { ACTIVATION_FUNCTIONS } from '../activation-function';
import type { Activation } from '../activations';
import { channelsOf } from '../shape';
import { factorsOf, placeOf, winnerOf, type LayerTensors } from './factors';
import { asImage, ownChannel, type WindowReach } from '../reach';
import { activationOf, type ResolvedLayer } from '../resolve';
import { kindOf } from '../spec';

/** The end of a weighted sum: z = sum + bias, y = activation(z). */
interface Ending {
  /** Null if the layer has none. */
  bias: number | null;
  z: number;
  activation: Activation;
  y: number;
}

/** How a layer computes one number of its output at inference. */
export type Explanation =
  /**
   * A filter on a window: `channels` are the input channels that it sees, each with its part of the
   * sum.
   */
  | ({ how: 'filter'; channels: { channel: number; sum: number }[] } & Ending)
  /** A dense unit, which sees all inputs: the largest products w x, and the sum of the others. */
  | ({
      how: 'unit';
      largest: { index: number; value: number; weight: number }[];
      others: { count: number; sum: number };
    } & Ending)
  | { how: 'max' | 'mean' | 'copy'; channel: number; inside: number; y: number }
  | {
      how: 'normalize';
      x: number;
      mean: number;
      variance: number;
      epsilon: number;
      gamma: number;
      beta: number;
      y: number;
    }
  | { how: 'activation'; x: number; activation: Activation; y: number }
  | { how: 'add'; x: number; skip: number; y: number }
  /** The number is passed on unchanged: flatten, reshape, dropout at inference. */
  | { how: 'same'; x: number; y: number };

/** How many products of a dense unit are listed one by one. */
const LARGEST = 12;

/** @param element place in the flat output of the layer */
export function explain(layer: ResolvedLayer, tensors: LayerTensors, element: number): Explanation {
  const reach = kindOf(layer.spec.kind).reach(layer.spec, layer.inputShape);
  switch (reach.over) {
    case 'everything':
      return explainUnit(layer, tensors, element);
    case 'window':
      return reach.combine === 'weights'
        ? explainFilter(layer, tensors, element, reach)
        : explainPool(layer, tensors, element, reach);
    case 'element':
      return explainElement(layer, tensors, element);
    default:
      return reach satisfies never;
  }
}

function ending(layer: ResolvedLayer, { weights }: LayerTensors, unit: number, sum: number): Ending {
  const bias = weights.bias ? at(weights.bias, unit) : null;
  const z = sum + (bias ?? 0);
  const activation = activationOf(layer.spec);
  return { bias, z, activation, y: ACTIVATION_FUNCTIONS[activation](z) };
}

function explainFilter(layer: ResolvedLayer, tensors: LayerTensors, element: number, reach: WindowReach): Explanation {
  const { unit, units } = placeOf(layer, element);
  const inputs = asImage(layer.inputShape)[2];
  const seen =
    reach.channels === 'own'
      ? [ownChannel(unit, inputs, units)]
      : Array.from({ length: inputs }, (_, channel) => channel);
  const channels = seen.map((channel) => ({
    channel,
    sum: factorsOf(layer, tensors, element, channel).reduce((sum, { value, weight }) => sum + value * weight, 0),
  }));
  const sum = channels.reduce((total, part) => total + part.sum, 0);
  return { how: 'filter', channels, ...ending(layer, tensors, unit, sum) };
}

function explainUnit(layer: ResolvedLayer, tensors: LayerTensors, unit: number): Explanation {
  const { input, weights } = tensors;
  const units = channelsOf(layer.outputShape);
  const matrix = required(weights.weight, 'weight of a dense layer');
  const weightAt = (index: number) => at(matrix, index * units + unit);
  const productAt = (index: number) => at(input, index) * weightAt(index);
  // Indices of the largest products, the largest first. Sorting all of the thousands of products
  // would be a waste, because only a dozen are needed.
  const places: number[] = [];
  let sum = 0;
  for (let index = 0; index < input.length; index++) {
    const size = Math.abs(productAt(index));
    sum += productAt(index);
    const smallest = places[LARGEST - 1];
    if (smallest !== undefined && size <= Math.abs(productAt(smallest))) continue;
    const rank = places.findIndex((other) => Math.abs(productAt(other)) < size);
    places.splice(rank < 0 ? places.length : rank, 0, index);
    if (places.length > LARGEST) places.pop();
  }
  const largest = places.map((index) => ({ index, value: at(input, index), weight: weightAt(index) }));
  const named = places.reduce((total, index) => total + productAt(index), 0);
  const others = { count: input.length - places.length, sum: sum - named };
  return { how: 'unit', largest, others, ...ending(layer, tensors, unit, sum) };
}

function explainPool(
  layer: ResolvedLayer,
  tensors: LayerTensors,
  element: number,
  { combine }: WindowReach,
): Explanation {
  const { unit, units } = placeOf(layer, element);
  const channel = ownChannel(unit, asImage(layer.inputShape)[2], units);
  const factors = factorsOf(layer, tensors, element, channel).filter(({ inside }) => inside);
  const sum = factors.reduce((total, { value }) => total + value, 0);
  const how = combine === 'weights' ? 'copy' : combine;
  const y =
    how === 'max'
      ? required(winnerOf(factors), 'cell in the window').value
      : how === 'mean'
        ? sum / factors.length
        : sum;
  return { how, channel, inside: factors.length, y };
}

function explainElement(layer: ResolvedLayer, { input, skip, weights }: LayerTensors, element: number): Explanation {
  const x = at(input, element);
  const { spec } = layer;
  if (spec.kind === 'batchNormalization' && weights.movingMean && weights.movingVariance) {
    const c = element % weights.movingMean.length;
    const [mean, variance] = [at(weights.movingMean, c), at(weights.movingVariance, c)];
    const [gamma, beta] = [weights.gamma?.[c] ?? 1, weights.beta?.[c] ?? 0];
    const y = (gamma * (x - mean)) / Math.sqrt(variance + spec.epsilon) + beta;
    return { how: 'normalize', x, mean, variance, epsilon: spec.epsilon, gamma, beta, y };
  }
  if (skip) {
    const other = at(skip, element);
    return { how: 'add', x, skip: other, y: x + other };
  }
  const activation = activationOf(spec);
  if (activation !== 'linear') return { how: 'activation', x, activation, y: ACTIVATION_FUNCTIONS[activation](x) };
  return { how: 'same', x, y: x };
}
