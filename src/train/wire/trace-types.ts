import type { Tensor } from '../../model/initialize';
import type { WeightName } from '../../model/shape';
import type { ModelSpec } from '../../model/spec';
import type { TrainSettings } from '../../model/settings';

/** A summary of all values of a tensor. */
export interface TensorStats {
  /** Minimum, maximum, mean and deviation cover the finite values; NaN if there are none. */
  min: number;
  max: number;
  mean: number;
  /** Deviation of the population: the root of the mean squared distance from the mean. */
  std: number;
  /** L2 norm of all values. It is NaN or infinite if one of the values is. */
  norm: number;
  /** Share of values that are exactly 0, such as outputs that a relu switched off. */
  zeros: number;
  /** How many values are NaN or infinite. */
  notFinite: number;
}

/** A tensor of a layer that lasts from step to step, and its gradient for the batch. */
export interface WeightTrace {
  name: WeightName;
  shape: number[];
  stats: TensorStats;
  /**
   * Statistics of the gradient of the mean loss, before L2 and clipping. Absent for a running
   * average, which has no gradient.
   */
  gradientStats?: TensorStats;
  /** The values, if there are few enough to show. */
  value?: Tensor;
  gradient?: Tensor;
}

/** One layer in the forward and backward pass of a batch. */
export interface LayerTrace {
  layer: string;
  /** For the first few examples: output, dL/d(output) and dL/d(input), [examples, ...shape]. */
  output: Tensor;
  outputGradient: Tensor;
  inputGradient: Tensor;
  /** Statistics over the whole batch. */
  stats: { output: TensorStats; outputGradient: TensorStats; inputGradient: TensorStats };
  weights: WeightTrace[];
}

/**
 * The next batch that training would take, with everything that the step would compute from it, and
 * the present weights.
 */
export interface BatchTrace {
  runId: number;
  /** The number (from 1) of the step that would train on this batch. */
  step: number;
  epoch: number;
  stepsPerEpoch: number;
  /** The network and the settings that the trace was computed with. */
  model: ModelSpec;
  settings: TrainSettings;
  /** The first few examples, [examples, H, W, C] in 0..1. */
  images: Tensor;
  /** Of the whole batch as the network sees it, which is scaled as `model.inputScaling` says. */
  inputStats: TensorStats;
  /** Labels of the whole batch, [n]. */
  labels: Uint8Array;
  /** [n, classes] */
  logits: Tensor;
  probabilities: Tensor;
  /** Cross-entropy of each example in nats, [n]; their mean is `loss`. */
  losses: Float32Array;
  loss: number;
  accuracy: number;
  /** In the order of the network. */
  layers: LayerTrace[];
  /** L2 norm of the gradients of all trained tensors together, including the L2 penalty. */
  gradientNorm: number;
  /**
   * The update multiplies all gradients by this factor, so that their norm is at most
   * `globalClipnorm`; 1 if nothing is clipped.
   */
  clipScale: number;
}

/** One number of a tensor in an update. */
export interface UpdatedEntry {
  /** Its place in the tensor, one index per dimension. */
  place: number[];
  before: number;
  /** Absent for a running average. */
  gradient?: number;
  change: number;
  after: number;
}

/** What one step of training did to a tensor. */
export interface TensorUpdate {
  layer: string;
  name: WeightName;
  shape: number[];
  /** L2 norms. `gradient` is the gradient of the step, with the L2 penalty and before clipping. */
  norms: { before: number; gradient?: number; change: number; after: number };
  /** The entries that changed most, the largest change first. */
  entries: UpdatedEntry[];
}

/** The effect of training on the traced batch. */
export interface BatchUpdate {
  runId: number;
  step: number;
  tensors: TensorUpdate[];
  /** Loss and gradient norm of the step itself, to compare with the figures of the trace. */
  loss: number;
  gradientNorm: number;
  /** The step was not applied because a number was no longer finite. */
  halted: boolean;
}
