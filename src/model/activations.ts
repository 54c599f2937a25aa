/**
 * Activation functions that a layer can apply to its own output. The order is the code that the
 * shaders receive in the override constant `ACTIVATION`; see activations.wgsl.
 *
 * As in Keras 3: `leakyRelu` has a slope of 0.2 (TensorFlow.js's layer has 0.3), `elu` an alpha of
 * 1, and `gelu` is the exact one (with erf), which TensorFlow.js calls `gelu` too; `silu` is x
 * sigmoid(x), also known as swish.
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
 * The shader's code of an activation. Softmax belongs to the loss, which works from the logits, so
 * the layer itself stays linear: its stored output is the logits.
 */
export function activationCode(activation: Activation): number {
  return activation === 'softmax' ? 0 : ACTIVATIONS.indexOf(activation);
}

/**
 * Whether the derivative needs the value before the activation. Gelu and silu need it, because they
 * fall and rise, so that the output does not determine the derivative.
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
