import type { Dispatch, TensorRef, Tuning } from '../dispatch';
import { perItem, wholeVec4s } from './launch';

/**
 * The launch for sum = a + b, element by element. `a` and `b` may be the same tensor, which WebGPU
 * does not allow to be bound twice.
 */
export function sumOf(label: string, a: TensorRef, b: TensorRef, sum: TensorRef, tuning: Tuning): Dispatch {
  const same = a.arena === b.arena && a.offset === b.offset;
  const ends = { a: wholeVec4s(a), sum: wholeVec4s(sum) };
  return perItem(Math.ceil(sum.length / 4), tuning, {
    label,
    shader: 'add',
    entryPoint: same ? 'double' : 'add',
    constants: {},
    bindings: same ? ends : { ...ends, b: wholeVec4s(b) },
  });
}

/** The launch for total += more. */
export function addTo(label: string, total: TensorRef, more: TensorRef, tuning: Tuning): Dispatch {
  return perItem(Math.ceil(total.length / 4), tuning, {
    label,
    shader: 'add',
    entryPoint: 'accumulate',
    constants: {},
    bindings: { a: wholeVec4s(more), sum: wholeVec4s(total) },
  });
}
