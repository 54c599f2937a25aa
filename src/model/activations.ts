/**
 * Activation functions that a layer can apply to its own output. The order is the code that the shaders receive in the
 * override constant `ACTIVATION`; every derivative here can be computed from the output alone, so no second tensor is kept.
 */
export const ACTIVATIONS = ['linear', 'relu', 'sigmoid', 'tanh', 'softmax'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/**
 * The shader's code of an activation. Softmax belongs to the loss, which works from the logits, so the layer itself stays
 * linear: its stored output is the logits.
 */
export function activationCode(activation: Activation): number {
  return activation === 'softmax' ? 0 : ACTIVATIONS.indexOf(activation);
}

/** The form field shared by every layer with an activation. */
export const activationField = {
  type: 'choice',
  label: 'Activation',
  help: 'Applied to the output of the layer. Softmax only in the last layer: it turns scores into probabilities.',
  options: ACTIVATIONS,
  default: 'linear',
} as const;
