/**
 * Activation functions that a layer can apply to its own output. The index in this list is the code
 * that the shaders receive in the override constant `ACTIVATION`; see activations.wgsl.
 *
 * As in Keras 3, `leakyRelu` has a slope of 0.2 (0.3 in the layer of TensorFlow.js) and `elu` has
 * an alpha of 1. `gelu` is the exact function (with erf), which TensorFlow.js also calls `gelu`.
 * `silu` is x sigmoid(x), also known as swish.
 */
export const ACTIVATIONS = [
  'linear',
  'relu',
  'sigmoid',
  'tanh',
  'softmax',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Slope of leakyRelu below 0. */
export const LEAKY_SLOPE = 0.2;

/**
 * The shader's code of an activation. Softmax belongs to the loss, which is computed from the
 * logits. The layer itself therefore stays linear, and its stored output is the logits.
 */
export function activationCode(activation: Activation): number {
  return activation === 'softmax' ? 0 : ACTIVATIONS.indexOf(activation);
}

/**
 * Whether the derivative needs the value before the activation. gelu and silu need it: they first
 * fall and then rise, so the output alone does not determine the derivative.
 */
export function needsPreactivation(activation: Activation): boolean {
  return activation === 'gelu' || activation === 'silu';
}

/** The form field shared by every layer with an activation. */
export const activationField = {
  type: 'choice',
  label: 'Activation',
  help: 'Applied to the output of the layer. Softmax only in the last layer: it turns scores into probabilities.',
  options: ACTIVATIONS,
  default: 'linear',
} as const;
