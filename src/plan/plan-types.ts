import type { NormSlot } from '../model/norm-slots';
import type { OptimizerKind } from '../model/optimizers';
import type { WeightName } from '../model/shape';
import type { Arena, Dispatch, TensorRef, Tuning } from './dispatch';
import type { ParameterLayout } from './parameters';

/** What every plan needs to know besides the model. */
export interface PlanOptions {
  /**
   * N, rows of a batch. A batch may hold fewer examples. The rest is padding, which does not affect
   * the results.
   */
  batchSize: number;
  tuning: Tuning;
}

/** For a plan that only looks at the network. */
export interface LookOptions extends PlanOptions {
  /**
   * Whether layers behave as in training (Keras's `training=True`) or as when the network is used.
   */
  training: boolean;
}

/** For a plan of training steps. */
export interface TrainingOptions extends PlanOptions {
  optimizer: OptimizerKind;
}

/** One layer's memory and kernel launches in a forward pass. */
export interface ForwardLayer {
  id: string;
  x: TensorRef;
  y: TensorRef;
  forward: Dispatch[];
}

/** Where one weight gradient of a layer is computed, before its parts are added up. */
export interface WeightPartials {
  name: WeightName;
  /** [splits, ...shape]; the shapes are those of the parameter layout. */
  tensor: TensorRef;
  splits: number;
}

/** One layer's memory and kernel launches, forward and backward. */
export interface GradientLayer extends ForwardLayer {
  /** dL/dx; null if nothing needs it. */
  dx: TensorRef | null;
  dy: TensorRef;
  /**
   * ||dL/dy|| of this layer equals the norm of the next layer. `dy` may then hold the gradient
   * before the layer's activation.
   */
  normOfNext: boolean;
  partials: WeightPartials[];
  backward: Dispatch[];
}

/** A plan that computes outputs, as plain data: testable without a GPU. */
export interface ForwardPlan {
  batchSize: number;
  parameters: ParameterLayout;
  /** Elements of every arena that the plan needs, including arenas shared with other plans. */
  arenas: Partial<Record<Arena, number>>;
  /** Constants to be written once into the arena `tables`. */
  tables: Uint32Array<ArrayBuffer>;
  /** Input of the network, [N, H, W, C], and its labels, [N]. */
  input: TensorRef;
  labels: TensorRef;
  layers: ForwardLayer[];
  /** [N, classes] */
  logits: TensorRef;
  /**
   * Reads a batch from the data set. Not launched if the caller writes `input` and `labels` itself.
   */
  gather: Dispatch;
  forward: Dispatch[];
}

/** The additional parts of a plan with a backward pass. */
interface WithGradients extends ForwardPlan {
  layers: GradientLayer[];
  /** One (loss, hit) pair per row, [N, 2]. */
  losses: TensorRef;
  /** From the loss to the partial sums of the weight gradients. */
  backward: Dispatch[];
  /** Adds the partial sums of all weight gradients up, and takes sums of squares of everything. */
  finish: Dispatch;
}

/** A plan that computes gradients, of the network's input too, and changes nothing. */
export interface GradientPlan extends WithGradients {
  layers: (GradientLayer & { dx: TensorRef })[];
}

/** A plan of training steps: gradients of the trained tensors, record of the step, and update. */
export interface TrainingPlan extends WithGradients {
  update: Update;
}

export type Plan = ForwardPlan | GradientPlan | TrainingPlan;

/** The end of a training step, which records the report of the step and updates the weights. */
export interface Update {
  /**
   * Tensors whose gradient norms each record holds, in depth order: weight, bias and output of
   * every layer from the first trainable one on.
   */
  slots: NormSlot[];
  /** [steps of a submit, recordLength]: one record per step. */
  metrics: TensorRef;
  recordLength: number;
  record: Dispatch;
  /** Updates of the weights and of the running averages. */
  optimize: Dispatch[];
}
