import { LEAKY_SLOPE, type Activation } from '../model/activations';
import { normalCdf, normalDensity } from '../model/normal';
import type { Numbers } from './numbers';

/**
 * Computes y = activation(x) for `count` numbers, from the start of `x` to `y` from `offset` on.
 * Softmax counts as linear here: it belongs to the loss, and y is the logits.
 * @param z also receives x, from `offset` on, for activations whose derivative needs it
 */
export function activate(
  activation: Activation,
  x: Numbers,
  y: Numbers,
  offset: number,
  count: number,
  z?: Numbers,
): void {
  if (z) for (let i = 0; i < count; i++) z[offset + i] = x[i] ?? NaN;
  switch (activation) {
    case 'linear':
    case 'softmax':
      for (let i = 0; i < count; i++) y[offset + i] = x[i] ?? NaN;
      return;
    case 'relu':
      // Written so that NaN stays NaN instead of becoming 0.
      for (let i = 0; i < count; i++) y[offset + i] = (x[i] ?? NaN) <= 0 ? 0 : (x[i] ?? NaN);
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) y[offset + i] = 1 / (1 + Math.exp(-(x[i] ?? NaN)));
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) y[offset + i] = Math.tanh(x[i] ?? NaN);
      return;
    case 'leakyRelu':
      for (let i = 0; i < count; i++) y[offset + i] = (x[i] ?? NaN) < 0 ? LEAKY_SLOPE * (x[i] ?? NaN) : (x[i] ?? NaN);
      return;
    case 'elu':
      for (let i = 0; i < count; i++) y[offset + i] = (x[i] ?? NaN) < 0 ? Math.expm1(x[i] ?? NaN) : (x[i] ?? NaN);
      return;
    case 'gelu':
      for (let i = 0; i < count; i++) y[offset + i] = (x[i] ?? NaN) * normalCdf(x[i] ?? NaN);
      return;
    case 'silu':
      for (let i = 0; i < count; i++) y[offset + i] = (x[i] ?? NaN) / (1 + Math.exp(-(x[i] ?? NaN)));
      return;
    default:
      activation satisfies never;
  }
}

/**
 * Computes dL/dx = dL/dy * activation'(x) for `count` numbers of `dy` and `y` from `offset` on,
 * into the start of `dx`. Most derivatives follow from the output: relu' = [y > 0] (0 at 0),
 * sigmoid' = y (1 - y), tanh' = 1 - y^2, elu' = y + 1 below 0. Those of gelu (Hendrycks & Gimpel
 * 2016), Phi(x) + x phi(x), and silu, s(x) (1 + x (1 - s(x))), need x itself: `y` is then the value
 * before the activation.
 */
export function activateBackward(
  activation: Activation,
  dy: Numbers,
  y: Numbers,
  dx: Numbers,
  offset: number,
  count: number,
): void {
  switch (activation) {
    case 'linear':
    case 'softmax':
      for (let i = 0; i < count; i++) dx[i] = dy[offset + i] ?? NaN;
      return;
    case 'relu':
      for (let i = 0; i < count; i++) dx[i] = (y[offset + i] ?? NaN) > 0 ? (dy[offset + i] ?? NaN) : 0;
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++)
        dx[i] = (dy[offset + i] ?? NaN) * (y[offset + i] ?? NaN) * (1 - (y[offset + i] ?? NaN));
      return;
    case 'tanh':
      for (let i = 0; i < count; i++)
        dx[i] = (dy[offset + i] ?? NaN) * (1 - (y[offset + i] ?? NaN) * (y[offset + i] ?? NaN));
      return;
    case 'leakyRelu':
      for (let i = 0; i < count; i++)
        dx[i] = (y[offset + i] ?? NaN) > 0 ? (dy[offset + i] ?? NaN) : LEAKY_SLOPE * (dy[offset + i] ?? NaN);
      return;
    case 'elu':
      for (let i = 0; i < count; i++)
        dx[i] =
          (y[offset + i] ?? NaN) > 0 ? (dy[offset + i] ?? NaN) : (dy[offset + i] ?? NaN) * ((y[offset + i] ?? NaN) + 1);
      return;
    case 'gelu':
      for (let i = 0; i < count; i++) {
        const x = y[offset + i] ?? NaN;
        dx[i] = (dy[offset + i] ?? NaN) * (normalCdf(x) + x * normalDensity(x));
      }
      return;
    case 'silu':
      for (let i = 0; i < count; i++) {
        const x = y[offset + i] ?? NaN;
        const s = 1 / (1 + Math.exp(-x));
        dx[i] = (dy[offset + i] ?? NaN) * s * (1 + x * (1 - s));
      }
      return;
    default:
      activation satisfies never;
  }
}

/**
 * Writes which side of its kink each relu or leakyRelu is on: 1 where the output is positive.
 * Smooth activations leave `into` unchanged.
 */
export function activationChoices(activation: Activation, y: Numbers, into: Int32Array, count: number): void {
  if (activation !== 'relu' && activation !== 'leakyRelu') return;
  for (let i = 0; i < count; i++) into[i] = (y[i] ?? NaN) > 0 ? 1 : 0;
}
