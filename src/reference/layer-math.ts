import type { Shape } from '../model/layer-kind';
import type { LayerSpec } from '../model/layers';
import type { Numbers } from './numbers';
import type { Scratch } from './scratch';

/** What a layer needs to compute its output. Buffers may be longer than the batch fills. */
export interface ForwardPass<S extends LayerSpec = LayerSpec> {
  spec: S;
  inputShape: Shape;
  outputShape: Shape;
  /** Images in the batch. */
  batch: number;
  /** [batch, ...inputShape] */
  input: Numbers;
  /** [batch, ...outputShape], written completely */
  output: Numbers;
  /** In the layouts of Keras: convolution [kh, kw, in, out], dense [in, out]. */
  weight?: Numbers;
  /** [out] */
  bias?: Numbers;
  scratch: Scratch;
}

/** What a layer needs to pass the gradient on. `output` holds what `forward` wrote for the same input. */
export interface BackwardPass<S extends LayerSpec = LayerSpec> extends ForwardPass<S> {
  /** dL/d(output), [batch, ...outputShape], after the activation; only read */
  outputGradient: Numbers;
  /** dL/d(input), [batch, ...inputShape], written completely; left out where nobody needs it */
  inputGradient?: Numbers;
  /** dL/d(weight), summed over the batch, written completely; present if the layer has a weight */
  weightGradient?: Numbers;
  /** dL/d(bias), likewise */
  biasGradient?: Numbers;
}

/** The mathematics of one kind of layer. */
export interface LayerMath<S extends LayerSpec = LayerSpec> {
  forward(pass: ForwardPass<S>): void;
  backward(pass: BackwardPass<S>): void;
  /**
   * The discrete decisions behind the output (which relu is on, which cell won a window), one per output, so that a gradient
   * check can tell when a difference step crosses a kink. Layers without kinks leave `into` as it is or have no such function.
   */
  choices?(pass: ForwardPass<S>, into: Int32Array): void;
}
