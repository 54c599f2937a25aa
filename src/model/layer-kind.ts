import type { Fields, ParamsOf } from './fields';
import type { Initializer } from './initializers';
import type { Reach } from './reach';
import type { Shape, WeightName } from './shape';

export type Family = 'convolution' | 'pooling' | 'dense' | 'activation' | 'regularisation' | 'shape';

/** One tensor of a layer that lasts from step to step. */
export interface WeightSpec {
  name: WeightName;
  /**
   * Convolution [kh, kw, in, out], depthwise [kh, kw, in, multiplier], dense [in, out], all others
   * [channels].
   */
  shape: Shape;
  initializer: Initializer;
  /**
   * Inputs that one output sums over, and outputs that one input reaches (Glorot & Bengio 2010).
   */
  fanIn: number;
  fanOut: number;
  /**
   * Given only for a running average, which no optimizer changes: the share of its old value that
   * the average keeps in each step. The value of the batch is stored where a weight has its
   * gradient.
   */
  averageMomentum?: number;
}

/** Whether the optimizer changes the tensor. */
export const isTrainable = ({ averageMomentum }: Pick<WeightSpec, 'averageMomentum'>) => averageMomentum === undefined;

/**
 * What a layer computes, in mathematical notation: one line per equation, in Unicode. L is the
 * loss.
 */
export interface Formula {
  forward: readonly string[];
  backward: readonly string[];
  /** What the letters stand for. */
  where?: string;
  source: { title: string; url: string };
}

/**
 * What the library knows about one kind of layer. Everything else (palette, form, checks, plan,
 * inspector) iterates over these.
 */
export interface LayerKind<F extends Fields = Fields> {
  kind: string;
  /** Name in the palette. */
  label: string;
  family: Family;
  /** One line on what it does. */
  help: string;
  fields: F;
  /**
   * Throws a PlaygroundError (what, field, remedy) if the parameters do not fit the input shape.
   * @param skip output shape of the layer that `skipFrom` names
   */
  outputShape(params: ParamsOf<F>, input: Shape, skip?: Shape): Shape;
  weights(params: ParamsOf<F>, input: Shape): WeightSpec[];
  /** Which numbers of the (first) input one number of the output is computed from. */
  reach(params: ParamsOf<F>, input: Shape): Reach;
  formula: Formula;
  /** Multiply-adds of the forward pass for one image. */
  multiplyAdds(params: ParamsOf<F>, input: Shape): number;
  /** Only for a layer with a second input: the id of the earlier layer that gives this input. */
  skipFrom?: (params: ParamsOf<F>) => string;
  /**
   * True if the output holds the same numbers as the input, perhaps in another shape: nothing has
   * to be computed.
   * @param training whether the pass belongs to a training step
   */
  isView?(params: ParamsOf<F>, training: boolean): boolean;
  /**
   * True if each number of dL/dy goes to a different number of dL/dx, and the rest of dL/dx is 0.
   * dL/dx then has the same norm as dL/dy.
   */
  routesGradient?(params: ParamsOf<F>): boolean;
  /** True if dL/dx is equal to dL/dy, number by number. This also holds for a second input. */
  passesGradient?: boolean;
  /**
   * True if the layer itself applies `params.activation`, so that its output is the value after the
   * activation.
   */
  fusesActivation?: boolean;
  /**
   * What a person may find surprising when comparing with Keras or TensorFlow.js, in one or two
   * sentences.
   */
  note?: string;
}

/** Keeps the literal types of the fields, so that the parameters of each kind are exact. */
export function defineLayer<const F extends Fields, const K extends string>(
  layer: LayerKind<F> & { kind: K },
): LayerKind<F> & { kind: K } {
  return layer;
}
