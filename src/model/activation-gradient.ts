import { activationCode, type Activation } from './activations';
import { perItem, wholeVec4s, type Dispatch, type TensorRef, type Tuning } from './kernel';

/** The launch that takes a gradient back through an activation: dz = dy * f'(y), element by element. */
export function activationGradient(
  id: string,
  activation: Activation,
  { y, dy, dz }: { y: TensorRef; dy: TensorRef; dz: TensorRef },
  tuning: Tuning,
): Dispatch {
  const count = Math.ceil(dy.length / 4);
  return perItem(count, tuning, {
    label: `${id} dL/dz`,
    shader: 'activation',
    entryPoint: 'backward',
    constants: { ACTIVATION: activationCode(activation) },
    bindings: [
      [0, wholeVec4s(dy), 'read_write'],
      [1, wholeVec4s(y), 'read'],
      [2, wholeVec4s(dz), 'read_write'],
    ],
  });
}
