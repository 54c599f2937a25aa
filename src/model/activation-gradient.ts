import { activationCode, type Activation } from './activations';
import { perItem, type Dispatch, type TensorRef, type Tuning } from './kernel';

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
    constants: { COUNT: count, ACTIVATION: activationCode(activation) },
    bindings: [
      [0, dy, 'read_write'],
      [1, y, 'read'],
      [2, dz, 'read_write'],
    ],
  });
}
