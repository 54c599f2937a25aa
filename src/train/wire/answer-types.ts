import type { Split } from '../../data/dataset';
import type { Tensor } from '../../model/initialize';
import type { WeightName } from '../../model/shape';

// The worker's answers to requests that look at something.

/**
 * Counts of values in equal bins from `min` to `max`. The bins lie around the bulk of the values,
 * so that a few distant values do not squash the rest; see histogram.ts. In a large tensor only an
 * evenly spaced part of the values is binned; the other figures cover all values.
 */
export interface Histogram {
  min: number;
  max: number;
  counts: number[];
  /** Finite values left and right of the bins, in the same part of the tensor as the counts. */
  below: number;
  above: number;
  /** The smallest and largest finite values, in the bins or not. */
  smallest: number;
  largest: number;
  /** These values are not in the bins and are counted separately. */
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
   * Trainable tensors with the gradient of the last training step (absent if this network has not
   * computed one yet).
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
   * (gradients are absent if the label is unknown). The first layer's input is the scaled image,
   * see `InputScaling`. Inputs, outputs and weights belong to the same
   * moment, even while the network trains.
   */
  input: Tensor;
  inputGradient?: Tensor;
  /** The second input, if the layer has one. */
  skip?: Tensor;
  /** Output of the layer for the image, and dL/d(output) for it. */
  output: Tensor;
  outputGradient?: Tensor;
  outputHistogram: Histogram;
  /** dL/d(scaled image), [H, W, C]: by the input of the first layer. */
  imageGradient?: Tensor;
  /**
   * Largest finite absolute values over all layers of the network, so that colours can be compared
   * between layers.
   */
  ranges: InspectedRanges;
}

export interface InspectedRanges {
  weights: number;
  /** Gradients of the weights in the last training step. */
  weightGradients: number;
  /** Outputs of layers with the scaled image. */
  outputs: number;
  outputGradients: number;
}

/** Part of a layer's output for one image. */
export interface LayerThumbnail {
  layer: string;
  /** A few channels, [height, width, channels], or the units as cells of a strip, [cells]. */
  output: Tensor;
  /**
   * How many units share a cell of the strip, at most. The cell then has the value of the one that is
   * furthest from zero. 1 for an image.
   */
  unitsPerCell: number;
}

/** A small picture of each layer's output for one image, for the network view. */
export interface LayerThumbnails {
  layers: LayerThumbnail[];
  image: Tensor;
  label: number;
  probabilities: Float32Array;
}

/** Figures of one layer at one training step. A figure with no meaning for the layer is null. */
export interface LayerDiagnostics {
  layer: string;
  /**
   * L2 norms over all trained tensors of the layer together: the norm of the weights before the
   * step, of their gradient, and of their change.
   */
  weightNorm: number | null;
  gradientNorm: number | null;
  updateNorm: number | null;
  /** Mean and deviation of the output for a few images. Layers behave as in prediction. */
  activationMean: number;
  activationStd: number;
  /**
   * Share of units (channels) whose activation is 0 for all of these images and positions. Given
   * only for relu and similar activations.
   */
  deadUnits: number | null;
  /**
   * Share of outputs where the activation is flat: relu at 0, sigmoid or tanh within 1 % of an end.
   */
  saturated: number | null;
  /** Every trained tensor with its gradient, in the order of the layer's weights. */
  tensors: { name: WeightName; weights: Histogram; gradients: Histogram }[];
}

/** The network's answer to every image of a split, in the order of the rows. */
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
  /** [H, W]: the largest |dL/d(pixel)| of its channels, for pixels in 0..1 */
  map: Tensor;
  /** L is the cross-entropy of this class: the label, or without a label the predicted class. */
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
  /** Largest |a - n| / max(|a|, |n|) over the compared entries; NaN if none could be compared. */
  relativeError: number;
  /**
   * Entries compared, and entries left out because a relu or max switched within the difference
   * step. If both are 0, the time ran out.
   */
  compared: number;
  skipped: number;
}
