import { perItem, wholeVec4s, type Dispatch, type TensorRef, type Tuning } from './launch';

/**
 * The launch for sum = a + b, element by element. The two may be the same tensor, which WebGPU
 * would not let us bind twice.
 */
export function sumOf(label: string, a: TensorRef, b: TensorRef, sum: TensorRef, tuning: Tuning): Dispatch {
  const same = a.arena === b.arena && a.offset === b.offset;
  return perItem(Math.ceil(sum.length / 4), tuning, {
    label,
    shader: 'add',
    entryPoint: same ? 'double' : 'add',
    constants: {},
    bindings: [
      [0, wholeVec4s(a), 'read_write'],
      ...(same ? [] : [[1, wholeVec4s(b), 'read_write'] satisfies [number, TensorRef, 'read_write']]),
      [2, wholeVec4s(sum), 'read_write'],
    ],
  });
}

/** The launch for total += more. */
export function addTo(label: string, total: TensorRef, more: TensorRef, tuning: Tuning): Dispatch {
  return perItem(Math.ceil(total.length / 4), tuning, {
    label,
    shader: 'add',
    entryPoint: 'accumulate',
    constants: {},
    bindings: [
      [0, wholeVec4s(more), 'read_write'],
      [2, wholeVec4s(total), 'read_write'],
    ],
  });
}
