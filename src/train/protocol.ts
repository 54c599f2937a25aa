import type { DatasetInfo, Split } from '../data/dataset';
import type { ErrorReport } from '../errors';
import type { LayerWeights, Tensor, Weights } from '../model/initialize';
import type { WeightName } from '../model/layer-kind';
import type { NetworkCost } from '../model/cost';
import type { NormSlot } from '../model/norm-slots';
import type { TrainSettings } from '../model/settings';
import type { ModelSpec } from '../model/spec';
import type { BatchTrace, BatchUpdate } from './trace-types';

export type { BatchTrace, BatchUpdate, LayerTrace, TensorStats, TensorUpdate, UpdatedEntry, WeightTrace } from './trace-types';
import type { KernelLaunch } from '../plan/launches';

/** Images and labels that a script brings along. Bytes 0..255, [count, height, width, channels]. */
export interface CustomDataset {
  height: number;
  width: number;
  channels: number;
  classes: number;
  images: Uint8Array;
  labels: Uint8Array;
  testImages?: Uint8Array;
  testLabels?: Uint8Array;
}

/** Which image to look at: a row of a split, or pixels given in 0..1 (the draw pad). */
export type ImageChoice = { split: Split; row: number } | { pixels: Float32Array; label?: number };

/**
 * Counts of values in equal bins from `min` to `max`. These lie around the bulk of the values, so that a few far ones do not squash
 * the rest; see histogram.ts. Of a large tensor an evenly spaced part is binned; all else is of every value.
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
  /** Trainable tensors with the gradient of the last training step (absent before the first). */
  weights: { name: WeightName; value: Tensor; gradient?: Tensor; histogram: Histogram; gradientHistogram?: Histogram }[];
  /**
   * Input of the layer for the image, without batch, and dL/d(input) as this layer passes it back (gradients are absent if the
   * label is unknown). Inputs, outputs and weights are of the same moment, also while the network trains.
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
  /** Largest finite absolute value over all layers of the network, for colours that can be compared between layers. */
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
  /** L2 norms over all trained tensors of the layer together: of the weights before the step, of their gradient, of their change. */
  weightNorm: number | null;
  gradientNorm: number | null;
  updateNorm: number | null;
  /** Of the layer's output for a few images, in use (not in training). */
  activationMean: number;
  activationStd: number;
  /** Share of units (channels) whose activation is 0 for all of these images and places: relu and its kin only. */
  deadUnits: number | null;
  /** Share of outputs where the activation is flat: relu at 0, sigmoid or tanh within 1 % of an end. */
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
  /** Entries compared, and entries left out because a relu or max switched within the difference step. Neither: the time ran out. */
  compared: number;
  skipped: number;
}

export interface BenchmarkRequest {
  model: ModelSpec;
  batchSize: number;
  steps: number;
  optimizer: TrainSettings['optimizer'];
}

/** What the network runs on, and a note in plain words where it is not what one would wish for (empty otherwise). */
export interface BackendInfo {
  backend: 'webgpu' | 'cpu';
  adapter: string;
  note: string;
}

/** Where the weights that a run begins with come from: `kept` from the run before, `set` by a script. Fresh ones come from nowhere. */
export type WeightSource = 'pretrained' | 'restored' | 'file' | 'kept' | 'set';

/** Weights to begin a run with, at a step that may lie in the middle of training. */
export interface RunStart {
  /** Of all or some layers; the others begin with fresh ones. */
  weights: Weights;
  /** Steps done before. The order of the images goes on from there; the state of the optimizer is zero. */
  step: number;
  source: WeightSource;
}

/** Every request with what it resolves to. The worker answers each with `reply` or `failure`. */
export interface Requests {
  /** `baseUrl` is the address of the page, where same-origin data is looked for; the client fills it in. */
  start: { command: { backend: 'auto' | 'cpu' | 'webgpu'; baseUrl?: string }; result: BackendInfo };
  /**
   * Begins a new run. Its weights are fresh, but for those of `keep`: ids of layers in the new network by the ids that the same layers
   * have in the present one; a layer keeps its weights where all their shapes are unchanged. With `start` the run begins with
   * these weights at this step instead (pre-trained ones, or those of an earlier visit).
   * @returns `kept`: ids (in the new network) of the layers with weights that were kept
   */
  setModel: {
    command: { model: ModelSpec; keep?: Record<string, string>; start?: RunStart };
    result: { parameters: number; kept: string[] };
  };
  /** Loads a data set by name, or takes the given one. `mnist` falls back to `generated`, with the reason in a `dataset` event. */
  setDataset: { command: { dataset: 'mnist' | 'generated' | CustomDataset; reload?: boolean }; result: DatasetInfo };
  /** A change of anything but the learning rate begins a new run. */
  configure: { command: { settings: TrainSettings }; result: null };
  /** Trains until `pause`, or for so many steps or epochs; resolves when training stops, with one entry per step done. */
  train: { command: { steps?: number; epochs?: number; collect?: boolean }; result: TrainResult };
  pause: { command: object; result: null };
  /** Fresh weights, step 0. */
  reset: { command: object; result: null };
  evaluate: { command: { split: Split }; result: Evaluation };
  /** @param images [n, H, W, C] in 0..1; resolves to probabilities [n, classes]. */
  predict: { command: { images: Float32Array }; result: Float32Array };
  getWeights: { command: object; result: Weights };
  /** The weights with the step and the run that they are of, also while training. */
  snapshot: { command: object; result: { runId: number; step: number; weights: Weights } };
  setWeights: { command: { weights: Weights }; result: null };
  /**
   * Gradients of the mean loss, as a training step would have them: batch normalization with the statistics of the batch, dropout
   * with the draw of step 0. With `training: false` layers behave as in `predict`.
   */
  backward: {
    command: { images: Float32Array; labels: Uint8Array; training?: boolean };
    result: { loss: number; logits: Tensor; gradients: Record<string, { input: Tensor } & LayerWeights> };
  };
  checkGradients: { command: object; result: GradientCheck[] };
  /** The next batch with all that a step would compute from it; changes nothing. Refused while training. */
  trace: { command: object; result: BatchTrace };
  /** Trains on the batch that was traced. Refused if the network has moved on since. */
  updateOnTrace: { command: { runId: number; step: number }; result: BatchUpdate };
  /**
   * The answer to every image of a split, or to its first `most` ones, for the test gallery; also emits an `evaluation`, as
   * `evaluate` does.
   */
  classify: { command: { split: Split; most?: number }; result: Classification };
  /** Which pixels of an image matter. Without a label, for the class that the network takes it for. */
  saliency: { command: { image: ImageChoice }; result: Saliency };
  benchmark: { command: BenchmarkRequest; result: { msPerStep: number; examplesPerSecond: number; dispatchesPerStep: number } };
  /** What training this network would cost, and whether it fits. Settings left out are the present ones. */
  estimate: { command: { model: ModelSpec; settings?: Partial<TrainSettings> }; result: NetworkCost };
  inspect: { command: { layer: string; image: ImageChoice }; result: LayerInspection };
  /** The kernels of a training step that belong to a layer, in the order in which they run; none on the CPU. */
  kernels: { command: { layer: string }; result: KernelLaunch[] };
  thumbnails: { command: { image: ImageChoice }; result: LayerThumbnails };
  /** Bytes of some images with their labels, for strips of samples. */
  samples: { command: { split: Split; rows: number[] }; result: { images: Uint8Array; labels: Uint8Array } };
}

export interface TrainResult {
  steps: number;
  loss: number[];
  accuracy: number[];
  /** Per layer with parameters: L2 norm over weight and bias together, one entry per step. */
  gradientNorms: Record<string, number[]>;
  examplesPerSecond: number;
  /** Given where training stopped by itself because a number was no longer finite. That step is not among those counted. */
  halted?: { step: number; layer: string; error: ErrorReport };
}

export type RequestType = keyof Requests;
/** A request on its way to the worker. `id` pairs it with its answer. */
export type Command = { [T in RequestType]: { type: T; id: number } & Requests[T]['command'] }[RequestType];

export type RunState = 'idle' | 'running' | 'paused' | 'halted';

/** What the worker says without being asked, and the answers. Late events of an earlier run carry its `runId` and are dropped. */
export type WorkerEvent =
  /** `ms` is what it kept the worker from training, in milliseconds. */
  | { type: 'reply'; runId: number; id: number; result: Requests[RequestType]['result']; ms: number }
  | { type: 'failure'; runId: number; id: number; error: ErrorReport }
  /** A new run begins, with fresh weights where no `source` is given; the `state` that follows says at which step. */
  | { type: 'run'; runId: number; normSlots: NormSlot[]; stepsPerEpoch: number; dataset: DatasetInfo | null; source?: WeightSource }
  | { type: 'state'; runId: number; state: RunState; step: number; epoch: number }
  /**
   * Steps done since the last such event, at most ten times a second. `norms` is [steps, normSlots]. `epoch` (here and in the
   * other events) is the number of epochs completed, after the last of these steps.
   */
  | {
      type: 'metrics';
      runId: number;
      firstStep: number;
      epoch: number;
      loss: Float32Array;
      accuracy: Float32Array;
      norms: Float32Array;
      examplesPerSecond: number;
      msPerStep: number;
    }
  /** `images` were looked at; `whole` is false for the early glance at a fixed part of the validation images. */
  | { type: 'evaluation'; runId: number; split: Split; step: number; epoch: number; result: Evaluation; images: number; whole: boolean }
  /** A look at every layer, a few times a second at most; `step` is the step that it was taken at. */
  | { type: 'diagnostics'; runId: number; step: number; layers: LayerDiagnostics[] }
  | { type: 'progress'; runId: number; what: string; fraction: number | null }
  /** A gradient check is under way; `fraction` of it is done. */
  | { type: 'gradientCheck'; runId: number; fraction: number }
  | { type: 'dataset'; runId: number; info: DatasetInfo; warning: ErrorReport | null }
  /** Training stopped at the first number that was not finite. The weights of the last good step are kept. */
  | { type: 'halted'; runId: number; step: number; layer: string; error: ErrorReport }
  /**
   * Something went wrong that no request is waiting for: a lost device, an uncaught error. `backend` is given where training
   * goes on with another device or on the CPU. After `fatal` no request will be answered until the page is loaded again.
   */
  | { type: 'problem'; runId: number; error: ErrorReport; fatal: boolean; backend?: BackendInfo };
