import type { Fields, ParamsOf } from './fields';
import type { Dispatch, LayerSite } from './kernel';

/** Shapes are written without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

export type Family = 'convolution' | 'pooling' | 'dense' | 'activation' | 'regularisation' | 'shape';

/** One trainable tensor of a layer. */
export interface WeightSpec {
  name: 'weight' | 'bias';
  /** Convolution [kh, kw, in, out], dense [in, out], bias [out]. */
  shape: Shape;
  initializer: 'glorotUniform' | 'zeros';
  /** Inputs that one output sums over, and outputs that one input reaches (Glorot & Bengio 2010). */
  fanIn: number;
  fanOut: number;
}

/** What the library knows of one kind of layer. Everything else (palette, form, checks, plan, inspector) iterates over these. */
export interface LayerKind<F extends Fields = Fields> {
  kind: string;
  /** Name in the palette. */
  label: string;
  family: Family;
  /** One line on what it does. */
  help: string;
  fields: F;
  /** Throws a PlaygroundError (what, field, remedy) where the parameters do not fit the input shape. */
  outputShape(params: ParamsOf<F>, input: Shape): Shape;
  weights(params: ParamsOf<F>, input: Shape): WeightSpec[];
  /** Multiply-adds of the forward pass for one image. */
  multiplyAdds(params: ParamsOf<F>, input: Shape): number;
  /** True where the output is the input under another shape: no memory, no dispatches. */
  isView?(params: ParamsOf<F>): boolean;
  /** True where the layer's own kernel applies `params.activation` too; the plan then takes the gradient through it, into dz. */
  fusesActivation?: boolean;
  /** Kernel launches from x to y. */
  forward(params: ParamsOf<F>, site: LayerSite): Dispatch[];
  /** Kernel launches from dz (dL/dy before the fused activation) to dx and the partial sums of the weight gradients. */
  backward(params: ParamsOf<F>, site: LayerSite): Dispatch[];
}

/** Keeps the literal types of the fields, so that the parameters of each kind are exact. */
export function defineLayer<const F extends Fields, const K extends string>(layer: LayerKind<F> & { kind: K }): LayerKind<F> & { kind: K } {
  return layer;
}

export const sizeOf = (shape: Shape) => shape.reduce((product, n) => product * n, 1);
