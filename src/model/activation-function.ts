import { LEAKY_SLOPE, type Activation } from './activations';
import { normalCdf } from './normal';

/**
 * The activation of one number, as the layers apply it (https://keras.io/api/layers/activations/).
 * Softmax belongs to the loss: what the layer stores is the logit itself.
 */
export const ACTIVATION_FUNCTIONS: Readonly<Record<Activation, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => (z <= 0 ? 0 : z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  softmax: (z) => z,
  leakyRelu: (z) => (z < 0 ? LEAKY_SLOPE * z : z),
  elu: (z) => (z < 0 ? Math.expm1(z) : z),
  gelu: (z) => z * normalCdf(z),
  silu: (z) => z / (1 + Math.exp(-z)),
};
