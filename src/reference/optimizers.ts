import type { OptimizerSettings } from '../model/settings';
import type { Numbers, NumbersOf } from './numbers';

/** Updates parameters in place from their gradients. */
export interface Optimizer {
  /** @param step 1-based count of updates since the last reset */
  update(step: number, learningRate: number): void;
  /** State back to zero, as before the first step. */
  reset(): void;
}

/**
 * An optimizer over tensors that stay the same arrays for its whole life. The rules are Keras's:
 *
 * - `sgd`: w -= lr g
 * - `momentum`: v = momentum v - lr g; w += v (https://keras.io/api/optimizers/sgd/). TensorFlow.js keeps lr out of v, which is
 *   the same as long as lr does not change.
 * - `adam` (Kingma & Ba 2015, the form before section 2.1's end): m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
 *   w -= lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon). As in Keras, epsilon (1e-7) is added to sqrt(v) *before* the
 *   bias correction; TensorFlow.js and PyTorch add theirs after it, so small gradients differ slightly.
 */
export function createOptimizer<T extends Numbers>(
  settings: OptimizerSettings,
  parameters: readonly T[],
  gradients: readonly T[],
  create: NumbersOf<T>,
): Optimizer {
  const zeros = () => parameters.map((tensor) => create(tensor.length));
  switch (settings.kind) {
    case 'sgd':
      return { update: (_step, learningRate) => parameters.forEach((w, i) => sgd(w, gradients[i], learningRate)), reset: () => {} };
    case 'momentum': {
      const velocity = zeros();
      return {
        update: (_step, learningRate) =>
          parameters.forEach((w, i) => momentum(w, gradients[i], velocity[i], learningRate, settings.momentum)),
        reset: () => velocity.forEach((tensor) => tensor.fill(0)),
      };
    }
    case 'adam': {
      const first = zeros();
      const second = zeros();
      return {
        update(step, learningRate) {
          const rate = (learningRate * Math.sqrt(1 - settings.beta2 ** step)) / (1 - settings.beta1 ** step);
          parameters.forEach((w, i) => adam(w, gradients[i], first[i], second[i], rate, settings));
        },
        reset: () => [...first, ...second].forEach((tensor) => tensor.fill(0)),
      };
    }
    default:
      return settings satisfies never;
  }
}

function sgd(w: Numbers, g: Numbers, learningRate: number): void {
  for (let i = 0; i < w.length; i++) w[i] -= learningRate * g[i];
}

function momentum(w: Numbers, g: Numbers, v: Numbers, learningRate: number, factor: number): void {
  for (let i = 0; i < w.length; i++) {
    v[i] = factor * v[i] - learningRate * g[i];
    w[i] += v[i];
  }
}

type AdamSettings = Extract<OptimizerSettings, { kind: 'adam' }>;

function adam(w: Numbers, g: Numbers, m: Numbers, v: Numbers, rate: number, { beta1, beta2, epsilon }: AdamSettings): void {
  for (let i = 0; i < w.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    w[i] -= (rate * m[i]) / (Math.sqrt(v[i]) + epsilon);
  }
}
