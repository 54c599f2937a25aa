import type { Dispatch, TensorRef, Tuning } from '../dispatch';

/**
 * WebGPU's limit on workgroups per dimension. It is the same on every adapter unless the program
 * requests more.
 */
const MAX_WORKGROUPS = 65535;

/**
 * The grid for a number of workgroups, folded into two dimensions if one is not enough. Shaders
 * unfold it by `num_workgroups.x`.
 */
export function gridOf(workgroups: number): readonly [number, number, number] {
  if (workgroups <= MAX_WORKGROUPS) return [Math.max(workgroups, 1), 1, 1];
  const rows = Math.ceil(workgroups / MAX_WORKGROUPS);
  return [Math.ceil(workgroups / rows), rows, 1];
}

/** A dispatch with one thread per item. */
export function perItem(items: number, tuning: Tuning, dispatch: Omit<Dispatch, 'workgroups'>): Dispatch {
  return {
    ...dispatch,
    constants: { ...dispatch.constants, WORKGROUP: tuning.workgroup },
    workgroups: gridOf(Math.ceil(items / tuning.workgroup)),
  };
}

/** The tensor with the padding behind it, for shaders that work on whole vec4s. */
export function wholeVec4s(tensor: TensorRef): TensorRef {
  return { ...tensor, length: Math.ceil(tensor.length / 4) * 4 };
}

/**
 * How many parts a reduction over the batch needs, so that the dispatch has enough threads.
 */
export function splitsFor(tiles: number, batch: number, tuning: Tuning): number {
  return Math.max(1, Math.min(batch, Math.ceil(tuning.threads / tiles)));
}
