/**
 * Named stretches of GPU memory, one buffer each. A tensor that a dispatch reads and a tensor that
 * it writes are in different arenas, or both are bound `read_write`, because WebGPU does not allow
 * a buffer to be read-only and writable in the same dispatch.
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

/** The whole of an arena, whatever its length. */
export const wholeArena = (arena: Arena): TensorRef => ({ arena, offset: 0, length: Infinity });

/**
 * A kernel launch as plain data. One executor runs all launches. It reads the rest from the shader:
 * the place and the access of each binding, and whether the shader reads the record of the step.
 */
export interface Dispatch {
  /** Layer id and what the launch does, for profiles and error messages. */
  label: string;
  /** File name under shaders/, without extension. */
  shader: string;
  entryPoint: string;
  /** Values of override constants, by their names in the shader. */
  constants: Readonly<Record<string, number>>;
  /** The tensor bound to each storage variable of the entry point, by the name in the shader. */
  bindings: Readonly<Record<string, TensorRef>>;
  workgroups: readonly [number, number, number];
}

/**
 * How kernels are adapted to the machine. Software adapters have few lanes and expensive barriers;
 * real GPUs need many threads.
 */
export interface Tuning {
  /** Threads per workgroup. */
  workgroup: number;
  /** A dispatch should have at least this many threads, if its work can be divided further. */
  threads: number;
  /** Subgroups are 4 lanes of a CPU, and shaders may use them. */
  subgroupsOf4: boolean;
}
