import type { Shape, WeightName } from '../model/shape';
import type { LayerSpec } from '../model/layers';
import type { Numbers } from './numbers';
import type { Scratch } from './scratch';

/** How the layers of a network behave. */
export interface Mode {
  /** As in a training step: statistics of the batch, dropout. Else as in use. */
  training: boolean;
  /** Seed of the run and 1-based optimizer step: what is random depends on them alone. */
  seed: number;
  step: number;
}

/** Tensors of a layer by name. */
type Tensors = { [Name in WeightName]?: Numbers };
type Gradients = { [Name in WeightName as `${Name}Gradient`]?: Numbers };

/**
 * What a layer needs to compute its output. Buffers may be longer than the batch fills. Its tensors
 * are in the layouts of Keras: convolution [kh, kw, in, out], dense [in, out], all others
 * [channels].
 */
export interface ForwardPass<S extends LayerSpec = LayerSpec> extends Tensors {
  spec: S;
  inputShape: Shape;
  outputShape: Shape;
  /** Images in the batch. */
  batch: number;
  mode: Mode;
  /** Place of the layer in the stack, from 0. */
  index: number;
  /** [batch, ...inputShape] */
  input: Numbers;
  /** Second input, of a layer that has one. */
  skip?: Numbers;
  /** [batch, ...outputShape], written completely */
  output: Numbers;
  /**
   * [batch, ...outputShape], the values before the fused activation, where its derivative needs
   * them; written completely
   */
  preactivation?: Numbers;
  /**
   * Where a layer with running averages writes the values of the batch when training; `backward`
   * may read them.
   */
  movingMeanGradient?: Numbers;
  movingVarianceGradient?: Numbers;
  scratch: Scratch;
}

/**
 * What a layer needs to pass the gradient on. `output` holds what `forward` wrote for the same
 * input. The gradients of its trained tensors are sums over the batch, written completely.
 */
export interface BackwardPass<S extends LayerSpec = LayerSpec> extends ForwardPass<S>, Gradients {
  /** dL/d(output), [batch, ...outputShape], after the activation; only read */
  outputGradient: Numbers;
  /** dL/d(input), [batch, ...inputShape], written completely; left out where nobody needs it */
  inputGradient?: Numbers;
}

/**
 * The mathematics of one kind of layer. A second input's gradient is dL/dy itself
 * (`passesGradient`); the network adds it up.
 */
export interface LayerMath<S extends LayerSpec = LayerSpec> {
  forward(pass: ForwardPass<S>): void;
  backward(pass: BackwardPass<S>): void;
  /**
   * The discrete decisions behind the output (which relu is on, which cell won a window), one per
   * output, so that a gradient check can tell when a difference step crosses a kink. Layers without
   * kinks leave `into` as it is or have no such function.
   */
  choices?(pass: ForwardPass<S>, into: Int32Array): void;
  /**
   * Numbers of the arrays in `scratch` that forward and backward pass take, by name: those that can
   * be large.
   */
  workspace?(layer: SizedLayer<S>): Readonly<Record<string, number>>;
}

/** What the sizes of a layer's arrays follow from. */
export type SizedLayer<S extends LayerSpec = LayerSpec> = Pick<
  ForwardPass<S>,
  'spec' | 'inputShape' | 'outputShape' | 'batch'
>;
