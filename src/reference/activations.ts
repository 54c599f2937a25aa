import type { Activation } from '../model/activations';
import type { Numbers } from './numbers';

/**
 * y = activation(x) for `count` numbers, from `x` (its start) to `y` from `offset` on. Softmax belongs to the loss, so here it
 * is linear: y is the logits.
 */
export function activate(activation: Activation, x: Numbers, y: Numbers, offset: number, count: number): void {
  switch (activation) {
    case 'linear':
    case 'softmax':
      for (let i = 0; i < count; i++) y[offset + i] = x[i];
      return;
    case 'relu':
      // Written so that NaN stays NaN instead of turning into 0.
      for (let i = 0; i < count; i++) y[offset + i] = x[i] <= 0 ? 0 : x[i];
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) y[offset + i] = 1 / (1 + Math.exp(-x[i]));
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) y[offset + i] = Math.tanh(x[i]);
      return;
    default:
      activation satisfies never;
  }
}

/**
 * dL/dx = dL/dy * activation'(x) for `count` numbers of `dy` and `y` from `offset` on, into the start of `dx`. Every derivative
 * comes from the output: relu' = [y > 0] (0 at 0), sigmoid' = y (1 - y), tanh' = 1 - y^2.
 */
export function activateBackward(activation: Activation, dy: Numbers, y: Numbers, dx: Numbers, offset: number, count: number): void {
  switch (activation) {
    case 'linear':
    case 'softmax':
      for (let i = 0; i < count; i++) dx[i] = dy[offset + i];
      return;
    case 'relu':
      for (let i = 0; i < count; i++) dx[i] = y[offset + i] > 0 ? dy[offset + i] : 0;
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) dx[i] = dy[offset + i] * y[offset + i] * (1 - y[offset + i]);
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) dx[i] = dy[offset + i] * (1 - y[offset + i] * y[offset + i]);
      return;
    default:
      activation satisfies never;
  }
}

/** Which side of its kink each relu is on: 1 where the output is positive. Smooth activations leave `into` as it is. */
export function activationChoices(activation: Activation, y: Numbers, into: Int32Array, count: number): void {
  if (activation !== 'relu') return;
  for (let i = 0; i < count; i++) into[i] = y[i] > 0 ? 1 : 0;
}
