import { at } from '../at';
import { OPTIMIZERS, type OptimizerKind, type OptimizerSettings, type SettingsOf } from '../model/optimizers';
import type { Numbers, NumbersOf } from './numbers';

/** Updates parameters in place from their gradients. */
export interface Optimizer<T extends Numbers = Numbers> {
  /**
   * The state it keeps from step to step: 0 to 2 moments, each with one array for every parameter
   * tensor. Zero before the first step.
   */
  readonly moments: readonly (readonly T[])[];
  /**
   * @param step 1-based count of updates since the last reset
   * @param scale factor for all gradients, used when their norm was too large
   */
  update(step: number, learningRate: number, scale?: number): void;
  /** Sets the state to zero, as before the first step. */
  reset(): void;
}

/** One trained tensor, its gradient, and as many moments as the optimizer keeps. */
interface Tensors {
  w: Numbers;
  g: Numbers;
  moment1: Numbers;
  moment2: Numbers;
}

interface Step {
  /** The number of the update, from 1. */
  number: number;
  learningRate: number;
  scale: number;
}

type Rule<K extends OptimizerKind> = (tensors: Tensors, settings: SettingsOf<K>, step: Step) => void;

/**
 * The rules are Keras's (https://keras.io/api/optimizers/). Other libraries differ:
 *
 * - `momentum` and `nesterov`: TensorFlow.js and PyTorch keep the learning rate out of v, which is
 *   the same as long as it does not change.
 * - `rmsprop` and `adagrad` have epsilon under the root, as in TensorFlow.js; PyTorch adds it to
 *   the root.
 * - `adam` and `adamw` add epsilon to sqrt(v) *before* the bias correction; TensorFlow.js and
 *   PyTorch add theirs after it, so small gradients differ slightly.
 * - `adamw` decays biases too.
 */
const rules: { [K in OptimizerKind]: Rule<K> } = {
  sgd({ w, g }, _settings, { learningRate, scale }) {
    for (let i = 0; i < w.length; i++) update(w, i, (w[i] ?? NaN) - learningRate * scale * (g[i] ?? NaN));
  },
  momentum({ w, g, moment1: v }, { momentum }, { learningRate, scale }) {
    for (let i = 0; i < w.length; i++) {
      v[i] = momentum * (v[i] ?? NaN) - learningRate * scale * (g[i] ?? NaN);
      update(w, i, (w[i] ?? NaN) + (v[i] ?? NaN));
    }
  },
  nesterov({ w, g, moment1: v }, { momentum }, { learningRate, scale }) {
    for (let i = 0; i < w.length; i++) {
      v[i] = momentum * (v[i] ?? NaN) - learningRate * scale * (g[i] ?? NaN);
      update(w, i, (w[i] ?? NaN) + (momentum * (v[i] ?? NaN) - learningRate * scale * (g[i] ?? NaN)));
    }
  },
  rmsprop({ w, g, moment1: v }, { rho, epsilon }, { learningRate, scale }) {
    for (let i = 0; i < w.length; i++) {
      const gradient = scale * (g[i] ?? NaN);
      v[i] = rho * (v[i] ?? NaN) + (1 - rho) * gradient * gradient;
      update(w, i, (w[i] ?? NaN) - (learningRate * gradient) / Math.sqrt((v[i] ?? NaN) + epsilon));
    }
  },
  adagrad({ w, g, moment1: sum }, { initialAccumulatorValue, epsilon }, { learningRate, scale }) {
    for (let i = 0; i < w.length; i++) {
      const gradient = scale * (g[i] ?? NaN);
      sum[i] = (sum[i] ?? NaN) + gradient * gradient;
      // Like all moments, the sum starts at 0; its real initial value is added here.
      const root = Math.sqrt(initialAccumulatorValue + (sum[i] ?? NaN) + epsilon);
      update(w, i, (w[i] ?? NaN) - (learningRate * gradient) / root);
    }
  },
  adam: (tensors, settings, step) => adam(tensors, settings, step, 0),
  // Loshchilov & Hutter 2019, algorithm 2, except that the decay is a share of the learning rate.
  adamw: (tensors, settings, step) => adam(tensors, settings, step, step.learningRate * settings.weightDecay),
};

/**
 * Sets a weight. A finite gradient times a large rate can still overflow: the weight then keeps its
 * value, so weights stay finite.
 */
function update(w: Numbers, i: number, next: number): void {
  const kept = w[i] ?? NaN;
  w[i] = next;
  if (!Number.isFinite(w[i])) w[i] = kept;
}

/**
 * Kingma & Ba 2015 in the form at the end of their section 2: m = b1 m + (1 - b1) g; v = b2 v + (1
 * - b2) g^2; w -= lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon).
 * @param decay share of the weights that is taken off them
 */
function adam(
  { w, g, moment1: m, moment2: v }: Tensors,
  { beta1, beta2, epsilon }: SettingsOf<'adam' | 'adamw'>,
  step: Step,
  decay: number,
): void {
  const rate = (step.learningRate * Math.sqrt(1 - beta2 ** step.number)) / (1 - beta1 ** step.number);
  for (let i = 0; i < w.length; i++) {
    const gradient = step.scale * (g[i] ?? NaN);
    m[i] = beta1 * (m[i] ?? NaN) + (1 - beta1) * gradient;
    v[i] = beta2 * (v[i] ?? NaN) + (1 - beta2) * gradient * gradient;
    const own = w[i] ?? NaN;
    update(w, i, own - decay * own - (rate * (m[i] ?? NaN)) / (Math.sqrt(v[i] ?? NaN) + epsilon));
  }
}

/** Makes an optimizer for these tensors. They must stay the same arrays for its whole life. */
export function createOptimizer<T extends Numbers>(
  settings: OptimizerSettings,
  parameters: readonly T[],
  gradients: readonly T[],
  create: NumbersOf<T>,
): Optimizer<T> {
  const rule = rules[settings.kind] as Rule<OptimizerKind>;
  const moments = Array.from({ length: OPTIMIZERS[settings.kind].moments }, () =>
    parameters.map(({ length }) => create(length)),
  );
  const none = create(0);
  const tensors = parameters.map((w, i): Tensors => ({
    w,
    g: at(gradients, i),
    moment1: moments[0]?.[i] ?? none,
    moment2: moments[1]?.[i] ?? none,
  }));
  return {
    moments,
    update(number, learningRate, scale = 1) {
      for (const one of tensors) rule(one, settings, { number, learningRate, scale });
    },
    reset() {
      for (const moment of moments.flat()) moment.fill(0);
    },
  };
}
