import type { Split } from '../../data/dataset';
import type { Tensor } from '../../model/initialize';
import type { WeightName } from '../../model/shape';

// What the worker answers when it is asked to look at something.

/**
 * Counts of values in equal bins from `min` to `max`. These lie around the bulk of the values, so
 * that a few far ones do not squash the rest; see histogram.ts. Of a large tensor an evenly spaced
 * part is binned; all else is of every value.
 */
export interface Histogram {
  min: number;
  max: number;
  counts: number[];
  /** Finite values left and right of the bins; of the same part of the tensor as the counts. */
  below: number;
  above: number;
  /** The ends of all finite values, in the bins or not. */
  smallest: number;
  largest: number;
  /** Left out of the bins, counted apart. */
  notANumber: number;
  infinite: number;
  /** Of all finite values. */
  mean: number;
  std: number;
}

/** Everything the inspector shows of one layer. */
export interface LayerInspection {
  layer: string;
  /** The image that was looked at, [H, W, C] in 0..1, and its label (-1 if unknown). */
  image: Tensor;
  label: number;
  /**
   * Trainable tensors with the gradient of the last training step (absent where this network has
   * computed none yet).
   */
  weights: {
    name: WeightName;
    value: Tensor;
    gradient?: Tensor;
    histogram: Histogram;
    gradientHistogram?: Histogram;
  }[];
  /**
   * Input of the layer for the image, without batch, and dL/d(input) as this layer passes it back
   * (gradients are absent if the label is unknown). Inputs, outputs and weights are of the same
   * moment, also while the network trains.
   */
  input: Tensor;
  inputGradient?: Tensor;
  /** The second input, of a layer that has one. */
  skip?: Tensor;
  /** Output of the layer for the image, and dL/d(output) for it. */
  output: Tensor;
  outputGradient?: Tensor;
  outputHistogram: Histogram;
  /** dL/d(image), [H, W, C]. */
  imageGradient?: Tensor;
  /**
   * Largest finite absolute value over all layers of the network, for colours that can be compared
   * between layers.
   */
  ranges: InspectedRanges;
}

export interface InspectedRanges {
  weights: number;
  /** Of the weights, in the last training step. */
  weightGradients: number;
  /** Outputs of layers with the image itself. */
  outputs: number;
  outputGradients: number;
}

/** A small picture of what each layer answers to one image, for the network view. */
export interface LayerThumbnails {
  /** Per layer: a few channels of its output, [height, width, channels], or [units]. */
  layers: { layer: string; output: Tensor }[];
  image: Tensor;
  label: number;
  probabilities: Float32Array;
}

/** How one layer does at one step of training. Null where a figure has no meaning for the layer. */
export interface LayerDiagnostics {
  layer: string;
  /**
   * L2 norms over all trained tensors of the layer together: of the weights before the step, of
   * their gradient, of their change.
   */
  weightNorm: number | null;
  gradientNorm: number | null;
  updateNorm: number | null;
  /** Of the layer's output for a few images, in use (not in training). */
  activationMean: number;
  activationStd: number;
  /**
   * Share of units (channels) whose activation is 0 for all of these images and places: relu and
   * its kin only.
   */
  deadUnits: number | null;
  /**
   * Share of outputs where the activation is flat: relu at 0, sigmoid or tanh within 1 % of an end.
   */
  saturated: number | null;
  /** Every trained tensor with its gradient, in the order of the layer's weights. */
  tensors: { name: WeightName; weights: Histogram; gradients: Histogram }[];
}

/** What the network says about every image of a split, in the order of its rows. */
export interface Classification {
  split: Split;
  step: number;
  labels: Uint8Array;
  predicted: Uint8Array;
  /** Probability of the predicted class. */
  confidence: Float32Array;
  /** Cross-entropy of each image, in nats. */
  loss: Float32Array;
}

/** How strongly the loss of one image depends on each of its pixels. */
export interface Saliency {
  /** [H, W]: the largest |dL/d(pixel)| of its channels */
  map: Tensor;
  /** The class whose cross-entropy L is: the label, or where there is none the predicted one. */
  target: number;
  /** There was no label. */
  guessed: boolean;
}

export interface Evaluation {
  loss: number;
  accuracy: number;
  /** confusion[actual][predicted] */
  confusion: number[][];
}

export interface GradientCheck {
  layer: string;
  tensor: 'input' | WeightName;
  /** Largest |a - n| / max(|a|, |n|) over the entries compared; NaN where none could be. */
  relativeError: number;
  /**
   * Entries compared, and entries left out because a relu or max switched within the difference
   * step. Neither: the time ran out.
   */
  compared: number;
  skipped: number;
}
