import type { Shape, WeightName } from '../../model/shape';

/**
 * Named stretches of GPU memory, one buffer each. Tensors that one dispatch reads and another
 * writes live in different arenas, or are bound `read_write` both times: WebGPU does not allow a
 * buffer to be read-only and writable in the same dispatch.
 */
export type Arena =
  | 'images' // bytes of the data set
  | 'labels'
  | 'order' // which row of the data set stands at each position of the epoch
  | 'parameters' // weights and biases; `gradients`, `moment1` and `moment2` have the same layout
  | 'gradients'
  | 'moment1'
  | 'moment2'
  | 'partials' // partial sums of the weight gradients
  | 'activations'
  | 'activationGradients'
  | 'workspace' // whatever a layer keeps between its own dispatches
  | 'statistics'
  | 'metrics' // one record per step of a submit
  | 'state' // whether the run is halted
  | 'tables'; // constants that the plan computed

/** A stretch of an arena, in 4-byte elements. */
export interface TensorRef {
  arena: Arena;
  offset: number;
  length: number;
}

/** One entry of a bind group; `index` is the `@binding` in the shader. */
export interface Binding {
  index: number;
  tensor: TensorRef;
  access: 'read' | 'read_write';
}

/** A kernel launch as plain data. One executor runs them all. */
export interface Dispatch {
  /** For profiles and error messages: layer id and what it does. */
  label: string;
  /** File name under shaders/, without extension. */
  shader: string;
  entryPoint: string;
  /** Values of the shader's override constants. */
  constants: Record<string, number>;
  bindings: Binding[];
  workgroups: readonly [number, number, number];
  /** Binds the record of the current step as group 1. */
  usesStep?: boolean;
}

/**
 * How kernels are cut to the machine. Software adapters have few lanes and dear barriers; real GPUs
 * want many threads.
 */
export interface Tuning {
  /** Threads per workgroup. */
  workgroup: number;
  /** Threads a dispatch should have at least, where the work can be cut finer. */
  threads: number;
  /** Subgroups are 4 lanes of a CPU, and shaders may use them. */
  subgroupsOf4: boolean;
}

/** What a layer sees of the plan when it describes its dispatches. */
export interface LayerSite {
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
  /** Output of the layer that `skipFrom` names, [N, ...its shape]; null where there is none. */
  skip: TensorRef | null;
  /** [N, ...output], where the layer's kernel writes: after its fused activation. */
  y: TensorRef;
  /** Code of the activation that the kernel applies itself; see activations.wgsl. */
  activation: number;
  /** dL/dx, or null where nobody needs it (the first layer in training). */
  dx: TensorRef | null;
  /**
   * Code of the activation of the layer before, for a layer that `routesGradient`: what it writes
   * into dx is to be the gradient before that activation. 0 where it is not to touch it.
   */
  inputActivation: number;
  /** dL/dy. */
  dy: TensorRef;
  /** dL/d(output before the fused activation); `dy` itself where the activation is linear. */
  dz: TensorRef;
  /** A tensor of the layer, or null where it has none of that name. */
  weight(name: WeightName): TensorRef | null;
  /**
   * Where a running average (see `WeightSpec.averageMomentum`) finds the value of this batch. Null
   * in a pass without gradients.
   */
  batchValue(name: WeightName): TensorRef | null;
  /**
   * Space for partial sums of a weight's gradient, [splits, ...shape]; the plan adds them up. A
   * tensor that the layer does not have gets a place too, where nothing is to be written.
   */
  partials(name: WeightName, splits: number): TensorRef;
  /** Memory that lasts from the layer's forward to its backward dispatches, by name. */
  workspace(name: string, length: number): TensorRef;
}

/**
 * WebGPU's limit on workgroups per dimension, the same on every adapter unless more is asked for.
 */
const MAX_WORKGROUPS = 65535;

/**
 * Workgroups for so many of them, folded into two dimensions where one is not enough. Shaders
 * unfold by `num_workgroups.x`.
 */
export function gridOf(workgroups: number): readonly [number, number, number] {
  if (workgroups <= MAX_WORKGROUPS) return [Math.max(workgroups, 1), 1, 1];
  const rows = Math.ceil(workgroups / MAX_WORKGROUPS);
  return [Math.ceil(workgroups / rows), rows, 1];
}

/** A dispatch with one thread per item. */
export function perItem(
  items: number,
  tuning: Tuning,
  dispatch: Omit<Dispatch, 'workgroups' | 'bindings'> & { bindings: [number, TensorRef, Binding['access']][] },
): Dispatch {
  return {
    ...dispatch,
    constants: { ...dispatch.constants, WORKGROUP: tuning.workgroup },
    bindings: dispatch.bindings.map(([index, tensor, access]) => ({ index, tensor, access })),
    workgroups: gridOf(Math.ceil(items / tuning.workgroup)),
  };
}

/** The tensor with the padding behind it, for shaders that work on whole vec4s. */
export function wholeVec4s(tensor: TensorRef): TensorRef {
  return { ...tensor, length: Math.ceil(tensor.length / 4) * 4 };
}

/**
 * Into how many parts to cut a reduction over the batch, so that the dispatch has enough threads.
 */
export function splitsFor(tiles: number, batch: number, tuning: Tuning): number {
  return Math.max(1, Math.min(batch, Math.ceil(tuning.threads / tiles)));
}
