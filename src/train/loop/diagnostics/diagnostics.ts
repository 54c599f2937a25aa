import { channelsOf, tensorOf } from '../tensors';
import type { Activation } from '../../../model/activations';
import type { Tensor, Weights } from '../../../model/initialize';
import { isTrainable } from '../../../model/layer-kind';
import { activationOf, type ResolvedLayer } from '../../../model/resolve';
import { histogramOf } from './histogram';
import type { LayerDiagnostics } from '../../wire/protocol';

/**
 * Sigmoid, tanh and elu count as flat within this distance of an end of their range: (0, 1),
 * (-1, 1) and -1.
 */
const FLAT = 0.01;

/** The trained tensors around one step. */
export interface StepTensors {
  before: Weights;
  /** Null if the step was not applied because it was not finite. */
  after: Weights | null;
  /** Gradients of the mean batch loss, with L2 but before clipping; see `Network.getGradients`. */
  gradients: Weights;
}

type Figures = Pick<LayerDiagnostics, 'weightNorm' | 'gradientNorm' | 'updateNorm' | 'tensors'>;

/**
 * Measures one layer at one step.
 * @param output of the layer for a few images, [n, ...outputShape]
 * @param step what the step did; null for a layer that has nothing to train
 */
export function diagnoseLayer(layer: ResolvedLayer, output: Tensor, step: StepTensors | null): LayerDiagnostics {
  const activation = activationOf(layer.spec);
  const trained = step && layer.weights.some(isTrainable) ? figuresOf(layer, step) : NOTHING_TRAINED;
  return { layer: layer.id, ...trained, ...meanAndStd(output.data), ...idleShares(activation, output) };
}

/** Figures for a layer that has no weights, or too many weights to look at. */
export const NOTHING_TRAINED: Figures = { weightNorm: null, gradientNorm: null, updateNorm: null, tensors: [] };

/**
 * L2 norms over all trained tensors of the layer as one vector, summed in float64, and their
 * histograms.
 */
function figuresOf(layer: ResolvedLayer, { before, after, gradients }: StepTensors): Figures {
  const names = layer.weights.filter(isTrainable).map(({ name }) => name);
  const tensors = names.map((name) => ({
    name,
    before: tensorOf(before[layer.id], name).data,
    after: after && tensorOf(after[layer.id], name).data,
    gradient: tensorOf(gradients[layer.id], name).data,
  }));
  const norm = (squares: (one: (typeof tensors)[number]) => number) =>
    Math.sqrt(tensors.reduce((sum, one) => sum + squares(one), 0));
  return {
    weightNorm: norm((one) => sumOfSquares(one.before)),
    gradientNorm: norm((one) => sumOfSquares(one.gradient)),
    updateNorm: after && norm((one) => (one.after ? squaredDistance(one.before, one.after) : 0)),
    tensors: tensors.map((one) => ({
      name: one.name,
      weights: histogramOf(one.before),
      gradients: histogramOf(one.gradient),
    })),
  };
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    sum += value * value;
  }
  return sum;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
  return sum;
}

/**
 * Mean and deviation of all values; NaN if one of them is NaN. Takes two passes, because the
 * squares would cancel in a single pass.
 */
function meanAndStd(values: Float32Array): Pick<LayerDiagnostics, 'activationMean' | 'activationStd'> {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) sum += values[i] ?? NaN;
  const activationMean = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? NaN) - activationMean) ** 2;
  return { activationMean, activationStd: Math.sqrt(squares / values.length) };
}

type IdleShares = Pick<LayerDiagnostics, 'deadUnits' | 'saturated'>;

/**
 * Measures where the activation passes no gradient back. The output shows this except for gelu and
 * silu, whose output is near 0 both where they are flat and where they are steep. Linear, softmax
 * and leakyRelu are never flat.
 */
function idleShares(activation: Activation, { shape, data }: Tensor): IdleShares {
  switch (activation) {
    case 'relu':
      return { deadUnits: deadShare(data, channelsOf(shape)), saturated: share(data, (y) => y === 0) };
    case 'sigmoid':
      return { deadUnits: null, saturated: share(data, (y) => y < FLAT || y > 1 - FLAT) };
    case 'tanh':
      return { deadUnits: null, saturated: share(data, (y) => Math.abs(y) > 1 - FLAT) };
    case 'elu':
      return { deadUnits: null, saturated: share(data, (y) => y < FLAT - 1) };
    case 'linear':
    case 'softmax':
    case 'leakyRelu':
    case 'gelu':
    case 'silu':
      return { deadUnits: null, saturated: null };
    default:
      return activation satisfies never;
  }
}

/** Share of channels (the last dimension) that are 0 everywhere. */
function deadShare(data: Float32Array, channels: number): number {
  const alive = new Uint8Array(channels);
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) alive[i % channels] = 1;
  return 1 - alive.reduce((sum, one) => sum + one, 0) / channels;
}

function share(data: Float32Array, condition: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (condition(data[i] ?? NaN)) count++;
  return count / data.length;
}
