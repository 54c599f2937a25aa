import { activationCode, needsPreactivation, type Activation } from '../../model/activations';
import type { Dispatch, TensorRef, Tuning } from '../dispatch';
import { perItem, wholeVec4s } from './launch';
import type { LayerKernels, SpecOf } from './layer-kernels';

export const activation: LayerKernels<SpecOf<'activation'>> = {
  forward: (spec, { id, x, y, tuning }) => [activationForward(id, spec.activation, x, y, tuning)],
  backward(spec, { id, x, y, dy, dx, tuning }) {
    const from = needsPreactivation(spec.activation) ? x : y;
    return dx ? [activationGradient(id, spec.activation, { from, dy, dz: dx }, tuning)] : [];
  },
};

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
    bindings: { x: wholeVec4s(x), y: wholeVec4s(y) },
  });
}

/**
 * The launch that takes a gradient back through an activation: dz = dy * f', element by element.
 * @param from the tensor that gives the derivative: the output, or the value before the activation
 * if `needsPreactivation`
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
    bindings: { dy: wholeVec4s(dy), source: wholeVec4s(from), dz: wholeVec4s(dz) },
  });
}
