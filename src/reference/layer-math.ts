import type { Shape, WeightName } from '../model/shape';
import type { LayerSpec } from '../model/layers';
import type { Numbers } from './numbers';
import type { Scratch } from './scratch';

/** How the layers of a network behave. */
export interface Mode {
  /** True as in a training step: statistics of the batch, and dropout. False as in use. */
  training: boolean;
  /** Seed of the run and 1-based optimizer step. Random numbers depend on these two alone. */
  seed: number;
  step: number;
}

/** The tensors of a layer by name. */
type Tensors = { [Name in WeightName]?: Numbers };
type Gradients = { [Name in WeightName as `${Name}Gradient`]?: Numbers };

/**
 * What a layer needs to compute its output. Buffers may be longer than the batch fills. The layer's
 * tensors are in the layouts of Keras: convolution [kh, kw, in, out], dense [in, out], all others
 * [channels].
 */
export interface ForwardPass<S extends LayerSpec = LayerSpec> extends Tensors {
  spec: S;
  inputShape: Shape;
  outputShape: Shape;
  /** The number of images in the batch. */
  batch: number;
  mode: Mode;
  /** The index of the layer in the stack, from 0. */
  index: number;
  /** [batch, ...inputShape] */
  input: Numbers;
  /** The second input, for a layer that has one. */
  skip?: Numbers;
  /** [batch, ...outputShape]; `forward` writes all of it */
  output: Numbers;
  /**
   * [batch, ...outputShape], the values before the fused activation, if its derivative needs them;
   * `forward` writes all of it
   */
  preactivation?: Numbers;
  /**
   * In training, a layer with running averages writes the batch's values here; `backward` may read
   * them.
   */
  movingMeanGradient?: Numbers;
  movingVarianceGradient?: Numbers;
  scratch: Scratch;
}

/**
 * What a layer needs to pass the gradient on. `output` holds what `forward` wrote for the same
 * input. `backward` writes the gradients of the layer's trained tensors completely, as sums over
 * the batch.
 */
export interface BackwardPass<S extends LayerSpec = LayerSpec> extends ForwardPass<S>, Gradients {
  /** dL/d(output), [batch, ...outputShape], after the activation; only read */
  outputGradient: Numbers;
  /**
   * dL/d(input), [batch, ...inputShape]; `backward` writes all of it. Left out if nobody needs it.
   */
  inputGradient?: Numbers;
}

/**
 * The mathematics of one kind of layer. The gradient of a second input is dL/dy itself
 * (`passesGradient`); the network adds it up.
 */
export interface LayerMath<S extends LayerSpec = LayerSpec> {
  forward(pass: ForwardPass<S>): void;
  backward(pass: BackwardPass<S>): void;
  /**
   * Writes the discrete decisions behind the output, one per output: which relu is on, which cell
   * won a window. A gradient check uses them to notice a difference step that crosses a kink.
   * Layers without kinks leave `into` unchanged or have no such function.
   */
  choices?(pass: ForwardPass<S>, into: Int32Array): void;
  /**
   * Numbers of the arrays in `scratch` that a training step takes, by name. An array of integers
   * counts {@link INTEGER} for each.
   */
  workspace?(layer: SizedLayer<S>): Readonly<Record<string, number>>;
}

/** What an integer of an array in `scratch` counts: it takes half as many bytes as a number. */
export const INTEGER = Int32Array.BYTES_PER_ELEMENT / Float64Array.BYTES_PER_ELEMENT;

/** What the sizes of a layer's arrays follow from. */
export type SizedLayer<S extends LayerSpec = LayerSpec> = Pick<
  ForwardPass<S>,
  'spec' | 'inputShape' | 'outputShape' | 'batch'
>;
