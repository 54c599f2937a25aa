import type { BackendName } from '../../../backend/backends';
import type { Split } from '../../../data/dataset';
import type { LayerWeights, Tensor, Weights } from '../../../model/initialize';
import type { InputScaling } from '../../../model/input-scaling';
import type { OptimizerChange } from '../../../model/optimizers';
import type { TrainSettings } from '../../../model/settings';
import type { GivenModelSpec, ModelSpec } from '../../../model/spec';
import type { CustomDataset, Evaluation, GradientCheck, TrainResult } from '../../../train/wire/protocol';

/** A summary of one layer of a network. */
export interface LayerSummary {
  /** Keras-style id, such as `conv2d_1`: the key of weights and gradients. */
  id: string;
  kind: string;
  /** Without the batch. */
  outputShape: number[];
  /** The number of trainable parameters. */
  parameters: number;
}

/**
 * The settings to change; fields left out stay as they are. A change of the optimizer's kind starts
 * from that kind's defaults.
 */
export type SettingsChange = Partial<Omit<TrainSettings, 'optimizer'>> & {
  optimizer?: OptimizerChange;
  /** Belongs to the network, as `inputScaling` of its ModelSpec. */
  inputScaling?: InputScaling;
};

/**
 * Everything the page can do, for the browser's console, notebooks and tests. It drives the same
 * network, settings and run as the page: what a script does shows on the screen. Every call that
 * fails says why and leaves the state as it was. Calls made before the images are there wait for
 * them; changes take effect in the order in which they were made.
 *
 * Tensors are float32, images [n, height, width, channels] in 0..1, which the network scales by its
 * `inputScaling`; convolution weights [kh, kw, in, out], dense weights [in, out], as in Keras.
 */
export interface PlaygroundConsole {
  /** Every call with one line and an example. */
  help(): string;
  /** Resolves when the backend runs. */
  readonly ready: Promise<{ backend: BackendName; adapter: string }>;
  /** Ids of the networks in the gallery. */
  presets(): string[];
  /** @throws if there is no such preset. */
  preset(id: string): ModelSpec;
  /**
   * Puts a network on the page and begins a new run with fresh weights. Fields left out take their
   * defaults.
   */
  setModel(model: GivenModelSpec | string): Promise<{ layers: LayerSummary[]; parameters: number }>;
  /** Data sets known by name. */
  datasets(): string[];
  /** Resolves to the number of images in each split. */
  setDataset(dataset: string | CustomDataset): Promise<{ train: number; validation: number; test: number }>;
  /**
   * Changes settings. The learning rate may change while it trains; anything else begins a new run.
   * `inputScaling` changes the network: `'unit'` for 0..1 (the default), `'bytes'` for 0..255,
   * `'signed'` for -1..1, or `{ mean, std }` for (x - mean) / std with x in 0..1 and one number for
   * each channel. Its run begins with the weights that the network has, as after other changes of
   * the network that keep their shapes.
   * @throws naming the field; nothing is changed then.
   */
  configure(change: SettingsChange): void;
  /**
   * Trains for this many steps or epochs, or until `pause()` if neither is given. The result has
   * one entry per step. A page that was just opened goes on from its pre-trained or restored
   * weights. After `reset`, `setModel` or a `configure` of settings that begins a new run the
   * weights are fresh.
   */
  train(length?: { steps?: number; epochs?: number }): Promise<TrainResult>;
  pause(): Promise<void>;
  /** Fresh weights, step 0. */
  reset(): Promise<void>;
  /** `confusion[actual][predicted]` */
  evaluate(split: Split): Promise<Evaluation>;
  /** @param images [n, H, W, C] in 0..1 @returns probabilities [n, classes] */
  predict(images: Float32Array): Promise<Float32Array>;
  /**
   * By layer id: `{ weight, bias }`; for batch normalization `{ gamma, beta, movingMean,
   * movingVariance }`, of which the last two are running averages and not trained.
   */
  getWeights(): Promise<Weights>;
  /**
   * Sets some or all weights. Rejects on a wrong layer, shape or number, and then changes nothing.
   * Begins a new run.
   */
  setWeights(weights: Weights): Promise<void>;
  /**
   * Computes the gradients of the mean loss over the batch; the weights do not change.
   * `gradients[id].input` is dL/d(input of that layer). The input of the first layer is the scaled
   * image: for dL/d(pixel in 0..1) multiply by 255 with `'bytes'`, by 2 with `'signed'`, and by
   * 1 / std[c] with `{ mean, std }`.
   * @param batch `training` (true if left out): layers behave as in a training step, batch
   * normalization with the statistics of this batch and dropout with a fixed draw; with false they
   * behave as in `predict`
   */
  backward(batch: { images: Float32Array; labels: Uint8Array; training?: boolean }): Promise<{
    loss: number;
    logits: Tensor;
    gradients: Record<string, { input: Tensor } & LayerWeights>;
  }>;
  /** Compares the gradients of the network on the page with central differences in float64. */
  checkGradients(): Promise<GradientCheck[]>;
  /** Trains a network beside the one on the page and times it. */
  benchmark(what: {
    model: GivenModelSpec | string;
    batchSize: number;
    steps: number;
    optimizer: TrainSettings['optimizer'];
  }): Promise<{ msPerStep: number; examplesPerSecond: number; dispatchesPerStep: number }>;
}

declare global {
  interface Window {
    playground: PlaygroundConsole;
  }
}
