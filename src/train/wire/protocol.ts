import type { CustomImages } from '../../data/custom';
import type { DatasetInfo, Split } from '../../data/dataset';
import type { DatasetId } from '../../data/sets';
import type { ErrorReport } from '../../errors';
import type { LayerWeights, Tensor, Weights } from '../../model/initialize';
import type { NetworkCost } from '../../model/cost';
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

/** Images and labels that a script brings along. Bytes 0..255, [count, height, width, channels]. */
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
 * Where the weights that a run begins with come from: `kept` from the run before, `set` by a
 * script. Fresh ones come from nowhere.
 */
export type WeightSource = 'pretrained' | 'restored' | 'file' | 'kept' | 'set';

/** What the optimizer of a run remembers. */
export interface OptimizerState {
  /** Updates since it remembered nothing (Adam's t). */
  step: number;
  /** 0 to 2 moments, each with the trained tensors by name. */
  moments: Weights[];
}

/** Weights to begin a run with, at a step that may lie in the middle of training. */
export interface RunStart {
  /** Of all or some layers; the others begin with fresh ones. */
  weights: Weights;
  /** Steps done before. The order of the images goes on from there. */
  step: number;
  /** Of the optimizer that the settings name; without it the optimizer begins anew. */
  optimizer?: OptimizerState;
  source: WeightSource;
}

/**
 * Weights of layers that edits took away, oldest first: the name of the layer with its shapes, and
 * its weights.
 */
export type RemovedWeightsRecord = [key: string, weights: LayerWeights][];

/** Every request with what it resolves to. The worker answers each with `reply` or `failure`. */
export interface Requests {
  /**
   * `baseUrl` is the address of the page, where same-origin data is looked for; the client fills it
   * in.
   */
  start: { command: { backend: BackendChoice; baseUrl?: string }; result: BackendInfo };
  /**
   * Begins a new run. Its weights are fresh, but for those of `keep`: ids of layers in the new
   * network by the ids that the same layers have in the present one; a layer keeps its weights
   * where all their shapes are unchanged. `names` are names of the layers, by id, that stay the
   * same from edit to edit: a layer that comes back finds the weights that it had when it left.
   * With `start` the run begins with these weights at this step instead (pre-trained ones, or those
   * of an earlier visit).
   * @returns `kept`: ids (in the new network) of the layers with weights that were kept
   */
  setModel: {
    command: { model: ModelSpec; keep?: Record<string, string>; names?: Record<string, string>; start?: RunStart };
    result: { parameters: number; kept: string[] };
  };
  /**
   * Loads a data set by name, or takes the given one. Where it cannot be had, what stands in for
   * it is loaded, with the reason in a `dataset` event.
   */
  setDataset: { command: { dataset: DatasetId | CustomDataset; reload?: boolean }; result: DatasetInfo };
  /** A change of anything but the {@link LiveSettings} begins a new run. */
  configure: { command: { settings: TrainSettings }; result: null };
  /**
   * Trains until `pause`, or for so many steps or epochs; resolves when training stops, with one
   * entry per step done. With `replay` the steps have the live settings that they had when they were
   * done before, not the present ones.
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
   * All that it takes to go on from the present step later as if nothing had been, also while
   * training.
   */
  snapshot: { command: object; result: { runId: number; step: number; weights: Weights; optimizer: OptimizerState } };
  setWeights: { command: { weights: Weights }; result: null };
  /**
   * Weights of layers that edits took away, for `restoreRemovedWeights` on a later visit; null where
   * nothing has changed since that revision.
   */
  removedWeights: { command: { since: number }; result: { revision: number; layers: RemovedWeightsRecord } | null };
  restoreRemovedWeights: { command: { layers: unknown }; result: null };
  /**
   * Gradients of the mean loss, as a training step would have them: batch normalization with the
   * statistics of the batch, dropout with the draw of step 0. With `training: false` layers behave
   * as in `predict`.
   */
  backward: {
    command: { images: Float32Array; labels: Uint8Array; training?: boolean };
    result: { loss: number; logits: Tensor; gradients: Record<string, { input: Tensor } & LayerWeights> };
  };
  checkGradients: { command: object; result: GradientCheck[] };
  /**
   * The next batch with all that a step would compute from it; changes nothing. Refused while
   * training.
   */
  trace: { command: object; result: BatchTrace };
  /** Trains on the batch that was traced. Refused if the network has moved on since. */
  updateOnTrace: { command: { runId: number; step: number }; result: BatchUpdate };
  /**
   * The answer to every image of a split, or to its first `most` ones, for the test gallery; also
   * emits an `evaluation`, as `evaluate` does.
   */
  classify: { command: { split: Split; most?: number }; result: Classification };
  /**
   * Which pixels of an image matter. Without a label, for the class that the network takes it for.
   */
  saliency: { command: { image: ImageChoice }; result: Saliency };
  benchmark: { command: BenchmarkRequest; result: BenchmarkResult };
  /**
   * What training this network would cost, and whether it fits. Settings left out are the present
   * ones.
   */
  estimate: { command: { model: ModelSpec; settings?: Partial<TrainSettings> }; result: NetworkCost };
  inspect: { command: { layer: string; image: ImageChoice }; result: LayerInspection };
  /**
   * The kernels of a training step that belong to a layer, in the order in which they run; none on
   * the CPU.
   */
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
  /**
   * Given where training stopped by itself because a number was no longer finite. That step is not
   * among those counted.
   */
  halted?: { step: number; layer: string; error: ErrorReport };
}

export type RequestType = keyof Requests;
/** A request on its way to the worker. `id` pairs it with its answer. */
export type Command = { [T in RequestType]: { type: T; id: number } & Requests[T]['command'] }[RequestType];

export type RunState = 'idle' | 'running' | 'paused' | 'halted';

/**
 * What the worker says without being asked, and the answers. Late events of an earlier run carry
 * its `runId` and are dropped.
 */
export type WorkerEvent =
  /** `ms` is what it kept the worker from training, in milliseconds. */
  | { type: 'reply'; runId: number; id: number; result: Requests[RequestType]['result']; ms: number }
  | { type: 'failure'; runId: number; id: number; error: ErrorReport }
  /**
   * A new run begins, with fresh weights where no `source` is given; the `state` that follows says
   * at which step.
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
   * Steps done since the last such event, at most ten times a second. `norms` is [steps,
   * normSlots]. `epoch` (here and in the other events) is the number of epochs completed, after the
   * last of these steps.
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
   * `images` were looked at; `whole` is false for the early glance at a fixed part of the
   * validation images.
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
  /** An evaluation that was asked for is under way; `fraction` of it is done. */
  | { type: 'evaluating'; runId: number; fraction: number }
  /**
   * A look at every layer, a few times a second at most; `step` is the step that it was taken at.
   */
  | { type: 'diagnostics'; runId: number; step: number; layers: LayerDiagnostics[] }
  /** The live settings of the steps from `change.step` on, told before those steps are. */
  | { type: 'liveSettings'; runId: number; change: LiveChange }
  | { type: 'progress'; runId: number; what: string; fraction: number | null }
  /** A gradient check is under way; `fraction` of it is done. */
  | { type: 'gradientCheck'; runId: number; fraction: number }
  | { type: 'dataset'; runId: number; info: DatasetInfo; warning: ErrorReport | null }
  /**
   * Training stopped at the first number that was not finite. The weights of the last good step are
   * kept.
   */
  | { type: 'halted'; runId: number; step: number; layer: string; error: ErrorReport }
  /**
   * Something went wrong that no request is waiting for: a lost device, an uncaught error.
   * `backend` is given where training goes on with another device or on the CPU. After `fatal` no
   * request will be answered until the page is loaded again.
   */
  | { type: 'problem'; runId: number; error: ErrorReport; fatal: boolean; backend?: BackendInfo };
