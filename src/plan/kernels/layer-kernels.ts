import type { LayerSpec } from '../../model/layers';
import type { Shape, WeightName } from '../../model/shape';
import type { Dispatch, TensorRef, Tuning } from '../dispatch';

/** The part of the plan that a layer sees when it describes the launches of its forward pass. */
export interface ForwardSite {
  id: string;
  /** Place of the layer in the stack, from 0. */
  index: number;
  /** N, images per batch. */
  batch: number;
  /** Shapes without the batch. */
  input: Shape;
  output: Shape;
  /**
   * Whether the pass belongs to a training step: batch normalization then takes the statistics of
   * the batch, dropout drops.
   */
  training: boolean;
  tuning: Tuning;
  /** [N, ...input] */
  x: TensorRef;
  /** Output of the layer that `skipFrom` names, [N, ...its shape]; null if there is none. */
  skip: TensorRef | null;
  /** [N, ...output]. The layer's kernel writes its result here, after its fused activation. */
  y: TensorRef;
  /** Code of the activation that the kernel applies itself; see activations.wgsl. */
  activation: number;
  /** A tensor of the layer. @throws MissingError where it has none of that name. */
  weight(name: WeightName): TensorRef;
  /** A tensor of the layer, or null where it has none of that name. */
  optionalWeight(name: WeightName): TensorRef | null;
  /**
   * The place of this batch's value for a running average (see `WeightSpec.averageMomentum`). Null
   * in a pass without gradients.
   */
  batchValue(name: WeightName): TensorRef | null;
  /** Memory that lasts from the layer's forward to its backward dispatches, by name. */
  workspace: (name: string, length: number) => TensorRef;
}

/** The part of the plan that a layer sees when it describes the launches of its backward pass. */
export interface BackwardSite extends ForwardSite {
  /** dL/dx, or null if nothing needs it (the first layer in training). */
  dx: TensorRef | null;
  /**
   * Code of the activation of the layer before, for a layer that `routesGradient`. The layer must
   * write the gradient before that activation into dx. 0 if it must not apply the activation.
   */
  inputActivation: number;
  /** dL/dy. */
  dy: TensorRef;
  /** dL/d(output before the fused activation); `dy` itself where the activation is linear. */
  dz: TensorRef;
  /**
   * Space for partial sums of a weight's gradient, [splits, ...shape]. The plan adds them up. A
   * tensor that the layer does not have gets a place too, but the kernel must write nothing there.
   */
  partials(name: WeightName, splits: number): TensorRef;
}

/** The kernel launches of one kind of layer. */
export interface LayerKernels<S extends LayerSpec = LayerSpec> {
  /** Launches from x to y. The plan does not call this for a layer that is a view. */
  forward(spec: S, site: ForwardSite): Dispatch[];
  /**
   * Launches from dz (dL/dy before the fused activation) to dx and the partial sums of the weight
   * gradients. The plan does not call this for a layer that is a view.
   */
  backward(spec: S, site: BackwardSite): Dispatch[];
}

/** The parameters of a layer of the kind, every field present. */
export type SpecOf<K extends LayerSpec['kind']> = Extract<LayerSpec, { kind: K }>;
