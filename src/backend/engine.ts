import type { Dataset } from '../data/dataset';
import type { LayerWeights, Tensor, Weights } from '../model/initialize';
import type { NetworkCost } from '../model/cost';
import type { NormSlot } from '../model/norm-slots';
import type { ResolvedModel } from '../model/resolve';
import type { TrainSettings } from '../model/settings';
import type { KernelLaunch } from '../plan/launches';
import type { BackendName } from './backends';

/**
 * The backend that the network runs on, and a note in plain words if it is not the best choice
 * (empty otherwise).
 */
export interface BackendInfo {
  backend: BackendName;
  adapter: string;
  /** The work runs on the processor, whose cores the page needs as well. */
  software: boolean;
  note: string;
}

/**
 * The interface between training and a backend, which each backend implements (`gpu-engine`,
 * `cpu-engine`). One engine holds one data set and any number of networks.
 */
export interface Engine {
  /** Human-readable adapter, such as "NVIDIA RTX 4070" or "CPU reference". */
  readonly adapter: string;
  /** The work runs on the processor, whose cores the page needs too. True for software adapters. */
  readonly software: boolean;
  /** Resolves with the reason if the backend dies (a lost GPU device). Never rejects. */
  readonly lost: Promise<string>;
  /**
   * Places the images where training can gather from them. Existing networks continue on the new
   * data if the shapes agree.
   */
  setDataset(dataset: Dataset): Promise<void>;
  /** Compares the cost of training a network with the limits of this backend. Allocates nothing. */
  estimate(model: ResolvedModel, settings: TrainSettings): NetworkCost;
  /**
   * Compiles a network with the given weights.
   * @throws PlaygroundError if it does not fit the adapter's limits or the free memory. In this
   * case nothing has changed.
   */
  createNetwork(model: ResolvedModel, weights: Weights, settings: TrainSettings): Promise<Network>;
  dispose(): void;
}

/** One training step to run: rows `indices[offset .. offset + count)` of the epoch's order. */
export interface StepRequest {
  /**
   * 1-based optimizer step since the last reset (Adam's t). The draws of dropout depend on it too.
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
  /** Share of the batch that is classified correctly, before the update. */
  accuracy: number;
  /** L2 norms in the order of {@link Network.normSlots}. */
  norms: Float32Array;
  /**
   * The update was not applied because loss or a gradient was not finite. Set on this and all later
   * steps.
   */
  halted: boolean;
}

/** The network's answer to given images. */
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
   * Per layer, in layer order: dL/d(output), dL/d(input), and the gradient of each trained tensor
   * by name. The input of the first layer is the scaled image, see `InputScaling`.
   */
  layers: ({ output: Tensor; input: Tensor } & LayerWeights)[];
}

/** A close look at one image. All values belong to one moment, even while the network trains. */
export interface ImagePass {
  /** Outputs of every layer, in layer order, [1, ...outputShape]. */
  outputs: Tensor[];
  /** As in {@link BackwardResult}; null where no label was given. */
  layers: BackwardResult['layers'] | null;
  /** The weights that the outputs were computed with. */
  weights: Weights;
}

/**
 * A network with its weights on a backend. Calls take effect in the order in which they are made.
 * Images that a call is given are in 0..1; the network scales them, as it scales those of the data
 * set, by the `inputScaling` of its ModelSpec.
 */
export interface Network {
  readonly normSlots: readonly NormSlot[];
  /** GPU dispatches per training step; 0 on the CPU. */
  readonly dispatchesPerStep: number;
  /**
   * Sets the order in which training visits the rows from the next step on (positions in the train
   * image set).
   */
  setOrder: (indices: Uint32Array) => void;
  /**
   * Runs steps one after the other. Resolves when all are done, with one result for each. Several
   * calls may be in flight, and they run in order.
   */
  trainSteps: (steps: readonly StepRequest[]) => Promise<StepResult[]>;
  /**
   * Logits [count, classes] of rows of the data set, with the weights at the time of the call. The
   * work runs in chunks, between which training continues.
   * @param set which image set the indices point into.
   * @param onProgress called after each chunk with the share of images that is done
   */
  evaluate(set: 'train' | 'test', indices: Uint32Array, onProgress?: (share: number) => void): Promise<Float32Array>;
  /** Layers behave as in prediction, not as in training. @param images [n, H, W, C] in 0..1 */
  forward(images: Float32Array): Promise<ForwardResult>;
  /**
   * Gradients of the mean loss. Weights and running averages do not change.
   * @param images [n, H, W, C] in 0..1
   * @param labels [n]
   * @param training whether layers behave as in a training step (statistics of the batch, dropout)
   * or as in prediction
   * @param step step whose draws dropout uses, as in {@link StepRequest}; 0 if left out
   */
  backward(images: Float32Array, labels: Uint8Array, training: boolean, step?: number): Promise<BackwardResult>;
  /**
   * Looks at one image with the weights of that moment. Layers behave as in prediction.
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
   * The state that the optimizer keeps besides the weights (see `OPTIMIZERS`): 0 to 2 moments, each
   * in the layout of the trained weights. They belong to the same step as weights requested right
   * before or after.
   */
  getMoments(): Promise<Weights[]>;
  /**
   * Replaces all weights; shapes were checked by the caller. Clears the halted state.
   * @param moments from {@link getMoments}; without them the optimizer restarts from zero
   */
  setWeights(weights: Weights, moments?: readonly Weights[]): void;
  dispose(): void;
}
