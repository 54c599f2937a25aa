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

/** The whole of an arena, whatever its length. */
export const wholeArena = (arena: Arena): TensorRef => ({ arena, offset: 0, length: Infinity });

/**
 * A kernel launch as plain data. One executor runs them all; it takes from the shader what the
 * shader says: the place and the access of each binding, and whether it reads the record of the
 * step.
 */
export interface Dispatch {
  /** For profiles and error messages: layer id and what it does. */
  label: string;
  /** File name under shaders/, without extension. */
  shader: string;
  entryPoint: string;
  /** Values of override constants, by their names in the shader. */
  constants: Readonly<Record<string, number>>;
  /** What each storage variable of the entry point is bound to, by its name in the shader. */
  bindings: Readonly<Record<string, TensorRef>>;
  workgroups: readonly [number, number, number];
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
