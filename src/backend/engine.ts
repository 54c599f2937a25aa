import type { Dataset } from '../data/dataset';
import type { LayerWeights, Tensor, Weights } from '../model/initialize';
import type { NetworkCost } from '../model/cost';
import type { NormSlot } from '../model/norm-slots';
import type { ResolvedModel } from '../model/resolve';
import type { TrainSettings } from '../model/settings';
import type { KernelLaunch } from '../plan/launches';
import type { BackendName } from './backends';

/**
 * What the network runs on, and a note in plain words where it is not what one would wish for
 * (empty otherwise).
 */
export interface BackendInfo {
  backend: BackendName;
  adapter: string;
  /** The processor does the work, whose cores the page needs as well. */
  software: boolean;
  note: string;
}

/**
 * What training needs of a backend; each one implements this (`gpu-engine`, `cpu-engine`). One
 * engine holds one data set and any number of networks.
 */
export interface Engine {
  /** Human-readable adapter, such as "NVIDIA RTX 4070" or "CPU reference". */
  readonly adapter: string;
  /** The processor does the work, whose cores the page needs as well: of a software adapter too. */
  readonly software: boolean;
  /** Resolves with the reason if the backend dies (a lost GPU device). Never rejects. */
  readonly lost: Promise<string>;
  /**
   * Places the images where training can gather from them. Networks made before keep working on the
   * new data if shapes agree.
   */
  setDataset(dataset: Dataset): Promise<void>;
  /** What training a network would cost here, against what there is. Allocates nothing. */
  estimate(model: ResolvedModel, settings: TrainSettings): NetworkCost;
  /**
   * Compiles a network with the given weights.
   * @throws PlaygroundError if it does not fit the adapter's limits, or the memory that is left;
   * then nothing was changed.
   */
  createNetwork(model: ResolvedModel, weights: Weights, settings: TrainSettings): Promise<Network>;
  dispose(): void;
}

/** One training step to be run: rows `indices[offset .. offset + count)` of the epoch's order. */
export interface StepRequest {
  /**
   * 1-based optimizer step since the last reset (Adam's t). What dropout draws follows from it too.
   */
  step: number;
  offset: number;
  count: number;
  learningRate: number;
}

/** What one training step reports. */
export interface StepResult {
  step: number;
  /** Mean cross-entropy of the batch, before the update. */
  loss: number;
  /** Share of the batch classified right, before the update. */
  accuracy: number;
  /** L2 norms in the order of {@link Network.normSlots}. */
  norms: Float32Array;
  /**
   * The update was not applied because loss or a gradient was not finite. Set on this and all later
   * steps.
   */
  halted: boolean;
}

/** What the network says about given images. */
export interface ForwardResult {
  /**
   * Outputs of every layer for the given images, in layer order: shape [n, ...outputShape]. The
   * last one is the logits.
   */
  outputs: Tensor[];
}

export interface BackwardResult {
  /** Mean cross-entropy. */
  loss: number;
  /** [n, classes] */
  logits: Tensor;
  /** Outputs of every layer, in layer order, [n, ...outputShape]. */
  outputs: Tensor[];
  /**
   * Per layer, in layer order: dL/d(output), dL/d(input), and that of each trained tensor by name.
   */
  layers: ({ output: Tensor; input: Tensor } & LayerWeights)[];
}

/** One image looked at closely: everything is of one moment, also while the network trains. */
export interface ImagePass {
  /** Outputs of every layer, in layer order, [1, ...outputShape]. */
  outputs: Tensor[];
  /** As in {@link BackwardResult}; null where no label was given. */
  layers: BackwardResult['layers'] | null;
  /** The weights that the outputs were computed with. */
  weights: Weights;
}

/** A network with its weights on a backend. Calls take effect in the order in which they are made. */
export interface Network {
  readonly normSlots: readonly NormSlot[];
  /** GPU dispatches per training step; 0 on the CPU. */
  readonly dispatchesPerStep: number;
  /**
   * Sets the order in which training rows are visited from the next step on (positions in the train
   * image set).
   */
  setOrder(indices: Uint32Array): void;
  /**
   * Runs steps one after the other; resolves when all are done, with one result each. Several calls
   * may be in flight: they run in order.
   */
  trainSteps(steps: readonly StepRequest[]): Promise<StepResult[]>;
  /**
   * Logits [count, classes] of rows of the data set with the weights as of the call, in chunks that
   * let training go on between them.
   * @param set which image set the indices point into.
   * @param onProgress told after each chunk what share of the images is done
   */
  evaluate(set: 'train' | 'test', indices: Uint32Array, onProgress?: (share: number) => void): Promise<Float32Array>;
  /** Layers behave as in use, not as in training. @param images [n, H, W, C] in 0..1 */
  forward(images: Float32Array): Promise<ForwardResult>;
  /**
   * Gradients of the mean loss; weights and running averages unchanged.
   * @param images [n, H, W, C] in 0..1
   * @param labels [n]
   * @param training whether layers behave as in a training step (statistics of the batch, dropout)
   * or as in use
   * @param step whose draws dropout takes, as in {@link StepRequest}; 0 if left out
   */
  backward(images: Float32Array, labels: Uint8Array, training: boolean, step?: number): Promise<BackwardResult>;
  /**
   * One image with the weights of that very moment; layers behave as in use.
   * @param image [H, W, C] in 0..1
   * @param label class of the image; null leaves the gradients out
   */
  lookAt(image: Float32Array, label: number | null): Promise<ImagePass>;
  /** The kernels of a training step that belong to a layer; none on the CPU. */
  kernelsOf(layer: string): KernelLaunch[];
  getWeights(): Promise<Weights>;
  /**
   * Gradients of the last training step, in the layout of the weights; running averages have none.
   */
  getGradients(): Promise<Weights>;
  /**
   * What the optimizer keeps besides the weights (see `OPTIMIZERS`): 0 to 2 moments, each in the
   * layout of the trained weights. Of the same step as weights asked for right before or after.
   */
  getMoments(): Promise<Weights[]>;
  /**
   * Replaces all weights; shapes were checked by the caller. Clears the halted state.
   * @param moments as {@link getMoments} gives them; without them the optimizer restarts from zero
   */
  setWeights(weights: Weights, moments?: readonly Weights[]): void;
  dispose(): void;
}
