import { activationCode, type Activation } from '../../model/activations';
import { perItem, wholeVec4s, type Dispatch, type TensorRef, type Tuning } from './launch';

/** The launch that applies an activation to a tensor of its own: y = f(x), element by element. */
export function activationForward(
  id: string,
  activation: Activation,
  x: TensorRef,
  y: TensorRef,
  tuning: Tuning,
): Dispatch {
  return perItem(Math.ceil(y.length / 4), tuning, {
    label: `${id} activation`,
    shader: 'activation',
    entryPoint: 'forward',
    constants: { ACTIVATION: activationCode(activation) },
    bindings: [
      [0, wholeVec4s(x), 'read_write'],
      [1, wholeVec4s(y), 'read_write'],
    ],
  });
}

/**
 * The launch that takes a gradient back through an activation: dz = dy * f', element by element.
 * @param from what the derivative is computed of: the output, or the value before it where
 * `needsPreactivation`
 */
export function activationGradient(
  id: string,
  activation: Activation,
  { from, dy, dz }: { from: TensorRef; dy: TensorRef; dz: TensorRef },
  tuning: Tuning,
): Dispatch {
  return perItem(Math.ceil(dy.length / 4), tuning, {
    label: `${id} dL/dz`,
    shader: 'activation',
    entryPoint: 'backward',
    constants: { ACTIVATION: activationCode(activation) },
    bindings: [
      [0, wholeVec4s(dy), 'read_write'],
      [1, wholeVec4s(from), 'read'],
      [2, wholeVec4s(dz), 'read_write'],
    ],
  });
}
