import type { CustomImages } from '../../data/custom';
import type { DatasetInfo, Split } from '../../data/dataset';
import type { DatasetId } from '../../data/sets';
import type { ErrorReport } from '../../errors';
import type { LayerWeights, Tensor, Weights } from '../../model/initialize';
import type { NetworkCost } from '../../model/cost';
import type { Normalization } from '../../model/input-scaling';
import type { NormSlot } from '../../model/norm-slots';
import type { LiveChange } from '../../model/live-settings';
import type { TrainSettings } from '../../model/settings';
import type { ModelSpec } from '../../model/spec';
import type { BackendChoice } from '../../backend/backends';
import type { BackendInfo } from '../../backend/engine';
import type { KernelLaunch } from '../../plan/launches';
import type {
  LayerInspection,
  LayerThumbnails,
  LayerDiagnostics,
  Classification,
  Saliency,
  Evaluation,
  GradientCheck,
} from './answer-types';
import type { BatchTrace, BatchUpdate } from './trace-types';

export type { BackendInfo };

export type * from './answer-types';
export type * from './trace-types';

/** Images and labels from a script. Bytes 0..255, [count, height, width, channels]. */
export type CustomDataset = CustomImages;

/** Which image to look at: a row of a split, or pixels given in 0..1 (the draw pad). */
export type ImageChoice = { split: Split; row: number } | { pixels: Float32Array; label?: number };

export interface BenchmarkRequest {
  model: ModelSpec;
  batchSize: number;
  steps: number;
  optimizer: TrainSettings['optimizer'];
}

export interface BenchmarkResult {
  msPerStep: number;
  examplesPerSecond: number;
  dispatchesPerStep: number;
}

/**
 * The source of a run's first weights: `kept` from the run before, `set` by a script, and so on.
 * Fresh weights have no source.
 */
export type WeightSource = 'pretrained' | 'restored' | 'file' | 'kept' | 'set';

/** The state that the optimizer of a run keeps between steps. */
export interface OptimizerState {
  /** Updates since the state was empty (Adam's t). */
  step: number;
  /** 0 to 2 moments, each with the trained tensors by name. */
  moments: Weights[];
}

/** Weights to begin a run with, at a step that may lie in the middle of training. */
export interface RunStart {
  /** Weights of all or some layers. The other layers begin with fresh weights. */
  weights: Weights;
  /** Number of earlier steps. The order of the images continues from there. */
  step: number;
  /** State of the optimizer that the settings name. Without it the optimizer starts from zero. */
  optimizer?: OptimizerState;
  source: WeightSource;
}

/**
 * Weights of layers that edits removed, oldest first. Each entry holds the name of the layer with
 * its shapes, and its weights.
 */
export type RemovedWeightsRecord = [key: string, weights: LayerWeights][];

/** Every request with its result. The worker answers each with `reply` or `failure`. */
export interface Requests {
  /**
   * `baseUrl` is the address of the page, where the worker looks for same-origin data. The client
   * fills it in.
   */
  start: { command: { backend: BackendChoice; baseUrl?: string }; result: BackendInfo };
  /**
   * Begins a new run. Its weights are fresh, except for the layers in `keep`, which maps ids in the
   * new network to ids of the same layers in the present one. Such a layer keeps its weights if all
   * their shapes are unchanged. `names` gives each layer, by id, a name that stays the same from
   * edit to edit, so that a layer that comes back gets the weights that it had when it was removed.
   * With `start` the run begins with these weights at this step instead (pre-trained weights, or
   * the weights of an earlier visit).
   * @returns `kept`: ids (in the new network) of the layers that kept their weights
   */
  setModel: {
    command: { model: ModelSpec; keep?: Record<string, string>; names?: Record<string, string>; start?: RunStart };
    result: { parameters: number; kept: string[] };
  };
  /**
   * Loads a data set by name, or takes the given one. If the data set is not available, loads its
   * substitute and gives the reason in a `dataset` event.
   */
  setDataset: { command: { dataset: DatasetId | CustomDataset; reload?: boolean }; result: DatasetInfo };
  /** A change of any setting outside the {@link LiveSettings} begins a new run. */
  configure: { command: { settings: TrainSettings }; result: null };
  /**
   * Trains until `pause`, or for a number of steps or epochs. Resolves when training stops, with
   * one entry per finished step. With `replay` the steps use their live settings from an earlier
   * run, not the present ones.
   */
  train: {
    command: { steps?: number; epochs?: number; collect?: boolean; replay?: LiveChange[] };
    result: TrainResult;
  };
  pause: { command: object; result: null };
  /** Fresh weights, step 0. */
  reset: { command: object; result: null };
  evaluate: { command: { split: Split }; result: Evaluation };
  /** @param images [n, H, W, C] in 0..1; resolves to probabilities [n, classes]. */
  predict: { command: { images: Float32Array }; result: Float32Array };
  getWeights: { command: object; result: Weights };
  /**
   * Everything needed to continue later from the present step without a difference. Also works
   * during training.
   */
  snapshot: { command: object; result: { runId: number; step: number; weights: Weights; optimizer: OptimizerState } };
  setWeights: { command: { weights: Weights }; result: null };
  /**
   * Weights of layers that edits removed, for `restoreRemovedWeights` on a later visit; null if
   * nothing has changed since revision `since`.
   */
  removedWeights: { command: { since: number }; result: { revision: number; layers: RemovedWeightsRecord } | null };
  restoreRemovedWeights: { command: { layers: unknown }; result: null };
  /**
   * Gradients of the mean loss, computed as in a training step: batch normalization uses the
   * statistics of the batch, dropout uses the draw of step 0. With `training: false` layers behave
   * as in `predict`.
   */
  backward: {
    command: { images: Float32Array; labels: Uint8Array; training?: boolean };
    result: { loss: number; logits: Tensor; gradients: Record<string, { input: Tensor } & LayerWeights> };
  };
  checkGradients: { command: object; result: GradientCheck[] };
  /**
   * The next batch with everything that a step would compute from it. Changes nothing. Refused
   * during training.
   */
  trace: { command: object; result: BatchTrace };
  /** Trains on the traced batch. Refused if the network has changed since the trace. */
  updateOnTrace: { command: { runId: number; step: number }; result: BatchUpdate };
  /**
   * The network's answer to every image of a split, or to its first `most` images, for the test
   * gallery. Also emits an `evaluation`, as `evaluate` does.
   */
  classify: { command: { split: Split; most?: number }; result: Classification };
  /**
   * Which pixels of an image matter. Without a label, they are those for the predicted class.
   */
  saliency: { command: { image: ImageChoice }; result: Saliency };
  benchmark: { command: BenchmarkRequest; result: BenchmarkResult };
  /**
   * The cost of training this network, and whether it fits. For settings that are left out, the
   * present ones apply.
   */
  estimate: { command: { model: ModelSpec; settings?: Partial<TrainSettings> }; result: NetworkCost };
  inspect: { command: { layer: string; image: ImageChoice }; result: LayerInspection };
  /**
   * The kernels of a training step that belong to a layer, in the order in which they run. There
   * are none on the CPU.
   */
  kernels: { command: { layer: string }; result: KernelLaunch[] };
  thumbnails: { command: { image: ImageChoice }; result: LayerThumbnails };
  /**
   * Mean and standard deviation of the pixels in 0..1 of the training images, for each channel.
   * Rejects if there are no images.
   */
  inputStatistics: { command: object; result: Normalization };
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
  /**
   * Given if training stopped by itself because a number was not finite. The result does not count
   * that step.
   */
  halted?: { step: number; layer: string; error: ErrorReport };
}

export type RequestType = keyof Requests;
/** A request on its way to the worker. `id` pairs it with its answer. */
export type Command = { [T in RequestType]: { type: T; id: number } & Requests[T]['command'] }[RequestType];

export type RunState = 'idle' | 'running' | 'paused' | 'halted';

/**
 * The answers of the worker, and the events that it sends by itself. Late events of an earlier run
 * carry its `runId`, so that the client drops them.
 */
export type WorkerEvent =
  /** The request kept the worker from training for `ms` milliseconds. */
  | { type: 'reply'; runId: number; id: number; result: Requests[RequestType]['result']; ms: number }
  | { type: 'failure'; runId: number; id: number; error: ErrorReport }
  /**
   * A new run begins, with fresh weights if no `source` is given. The following `state` event gives
   * the step.
   */
  | {
      type: 'run';
      runId: number;
      normSlots: NormSlot[];
      stepsPerEpoch: number;
      dataset: DatasetInfo | null;
      source?: WeightSource;
    }
  | { type: 'state'; runId: number; state: RunState; step: number; epoch: number }
  /**
   * Steps done since the last event of this type, sent at most ten times a second. `norms` is
   * [steps, normSlots]. `epoch` (here and in the other events) is the number of completed epochs
   * after the last of these steps.
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
  /**
   * The evaluation used `images` images. `whole` is false for the early glance at a fixed part of
   * the validation images.
   */
  | {
      type: 'evaluation';
      runId: number;
      split: Split;
      step: number;
      epoch: number;
      result: Evaluation;
      images: number;
      whole: boolean;
    }
  /** A requested evaluation is under way; `fraction` of it is done. */
  | { type: 'evaluating'; runId: number; fraction: number }
  /**
   * Figures of every layer at `step`, sent at most a few times a second.
   */
  | { type: 'diagnostics'; runId: number; step: number; layers: LayerDiagnostics[] }
  /** The live settings of the steps from `change.step` on. Sent before these steps are reported. */
  | { type: 'liveSettings'; runId: number; change: LiveChange }
  | { type: 'progress'; runId: number; what: string; fraction: number | null }
  /** A gradient check is under way; `fraction` of it is done. */
  | { type: 'gradientCheck'; runId: number; fraction: number }
  | { type: 'dataset'; runId: number; info: DatasetInfo; warning: ErrorReport | null }
  /**
   * Training stopped at the first number that was not finite. The network keeps the weights of the
   * last good step.
   */
  | { type: 'halted'; runId: number; step: number; layer: string; error: ErrorReport }
  /**
   * A failure that belongs to no request, such as a lost device or an uncaught error. `backend` is
   * given if training continues with another device or on the CPU. After a `fatal` problem the
   * worker answers no request until the page is loaded again.
   */
  | { type: 'problem'; runId: number; error: ErrorReport; fatal: boolean; backend?: BackendInfo };
