import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { OPTIMIZERS, type OptimizerSettings } from '../model/optimizers';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { createRandom } from '../random';
import { float32, float64 } from './numbers';
import { createOptimizer } from './optimizers';
import { relativeError, useTfjs } from './tfjs.test-helper';

const STEPS = 20;
const LENGTH = 37;
const adamw = {
  kind: 'adamw',
  learningRate: 0.1,
  weightDecay: 0.004,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
} as const;

/** Every kind with its defaults. */
const KINDS = Object.keys(OPTIMIZERS).map(
  (kind) => changeSettings(DEFAULT_SETTINGS, { optimizer: { kind } }).optimizer,
);

/** Weights, and their targets. */
function problem() {
  const random = createRandom(11);
  const draw = () => float32(LENGTH).map(() => random.normal());
  return { start: draw(), targets: draw() };
}

beforeAll(useTfjs);

describe('optimizers against TensorFlow.js over 20 steps', () => {
  // TensorFlow.js's Adam adds epsilon after the bias correction, ours before it: at 1e-7 the two
  // are equal in float32.
  it.each<[OptimizerSettings, () => tf.Optimizer]>([
    [{ kind: 'sgd', learningRate: 0.1 }, () => tf.train.sgd(0.1)],
    [{ kind: 'momentum', learningRate: 0.05, momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9)],
    [{ kind: 'nesterov', learningRate: 0.05, momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9, true)],
    [{ kind: 'nesterov', learningRate: 0.1, momentum: 0.5 }, () => tf.train.momentum(0.1, 0.5, true)],
    [{ kind: 'rmsprop', learningRate: 0.01, rho: 0.9, epsilon: 1e-7 }, () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7)],
    [{ kind: 'rmsprop', learningRate: 0.1, rho: 0.5, epsilon: 0.1 }, () => tf.train.rmsprop(0.1, 0.5, 0, 0.1)],
    // TensorFlow.js's Adagrad takes no epsilon; it uses that of the backend, which is 1e-7.
    [
      { kind: 'adagrad', learningRate: 0.1, initialAccumulatorValue: 0.1, epsilon: 1e-7 },
      () => tf.train.adagrad(0.1, 0.1),
    ],
    [{ kind: 'adagrad', learningRate: 0.5, initialAccumulatorValue: 2, epsilon: 1e-7 }, () => tf.train.adagrad(0.5, 2)],
    [
      { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      () => tf.train.adam(0.01, 0.9, 0.999, 1e-7),
    ],
    [
      { kind: 'adam', learningRate: 0.3, beta1: 0.5, beta2: 0.8, epsilon: 1e-7 },
      () => tf.train.adam(0.3, 0.5, 0.8, 1e-7),
    ],
  ])('%o', (settings, createTfjs) => {
    const { start, targets } = problem();
    const [weight, gradient] = [start.slice(), float32(LENGTH)];
    const optimizer = createOptimizer(settings, [weight], [gradient], float32);
    const variable = tf.variable(tf.tensor1d(start));
    const tfjsOptimizer = createTfjs();
    for (let step = 1; step <= STEPS; step++) {
      // The gradient of sum((w - target)^2), which differs in every step and coordinate.
      for (let i = 0; i < LENGTH; i++) gradient[i] = 2 * (weight[i]! - targets[i]!);
      optimizer.update(step, settings.learningRate);
      tfjsOptimizer.minimize(() => tf.sum<tf.Scalar>(tf.square(tf.sub(variable, tf.tensor1d(targets)))), false, [
        variable,
      ]);
    }
    expect(relativeError(start, weight)).toBeGreaterThan(0.01);
    expect(relativeError(weight, variable.dataSync())).toBeLessThan(1e-5);
  });
});

describe('adamw, which TensorFlow.js does not have', () => {
  /**
   * Loshchilov & Hutter 2019, algorithm 2, line by line, with the decay and the epsilon of Keras.
   */
  it('over 20 steps in float64', () => {
    const [rate, decay, beta1, beta2, epsilon] = [0.05, 0.3, 0.8, 0.95, 1e-3];
    const start = Float64Array.from(problem().start);
    const targets = Float64Array.from(problem().targets);
    const settings = { kind: 'adamw', learningRate: rate, weightDecay: decay, beta1, beta2, epsilon } as const;
    const [weight, gradient] = [start.slice(), float64(LENGTH)];
    const optimizer = createOptimizer(settings, [weight], [gradient], float64);
    const gradientAt = (w: number, i: number) => 2 * (w - targets[i]!);
    const expected = start.map((first, i) => {
      let [w, m, v] = [first, 0, 0];
      for (let t = 1; t <= STEPS; t++) {
        const g = gradientAt(w, i);
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g ** 2;
        const corrected = { m: m / (1 - beta1 ** t), v: v / (1 - beta2 ** t) };
        w =
          w * (1 - rate * decay) -
          (rate * corrected.m) / (Math.sqrt(corrected.v) + epsilon / Math.sqrt(1 - beta2 ** t));
      }
      return w;
    });
    for (let step = 1; step <= STEPS; step++) {
      weight.forEach((w, i) => (gradient[i] = gradientAt(w, i)));
      optimizer.update(step, rate);
    }
    expect(relativeError(start, weight)).toBeGreaterThan(0.01);
    expect(relativeError(weight, expected)).toBeLessThan(1e-12);
  });

  it('decays also where the gradient is 0, and is Adam without decay', () => {
    const still = [Float64Array.of(2), Float64Array.of(0)] as const;
    createOptimizer({ ...adamw, weightDecay: 0.1 }, [still[0]], [still[1]], float64).update(1, 0.5);
    expect(still[0][0]).toBeCloseTo(2 * (1 - 0.05), 12);
    const [one, other] = [Float64Array.of(2), Float64Array.of(2)];
    createOptimizer({ ...adamw, weightDecay: 0 }, [one], [Float64Array.of(3)], float64).update(1, 0.1);
    createOptimizer({ ...adamw, kind: 'adam' }, [other], [Float64Array.of(3)], float64).update(1, 0.1);
    expect(one).toEqual(other);
  });
});

describe('the rules themselves', () => {
  const one = (settings: OptimizerSettings) => {
    const [weight, gradient] = [Float64Array.of(1), Float64Array.of(0)];
    const optimizer = createOptimizer(settings, [weight], [gradient], (length) => new Float64Array(length));
    return { weight, gradient, optimizer };
  };

  it('momentum keeps the learning rate of the time in its velocity, as Keras does', () => {
    const { weight, gradient, optimizer } = one({ kind: 'momentum', learningRate: 1, momentum: 0.5 });
    gradient[0] = 1;
    optimizer.update(1, 0.1);
    expect(weight[0]).toBeCloseTo(0.9, 12);
    gradient[0] = 0;
    optimizer.update(2, 0);
    expect(weight[0]).toBeCloseTo(0.85, 12);
  });

  it('adam adds epsilon before the bias correction, as Keras does', () => {
    const { weight, gradient, optimizer } = one({
      kind: 'adam',
      learningRate: 1,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 0.5,
    });
    gradient[0] = 2;
    optimizer.update(1, 1);
    // m = 0.2, v = 0.04: 1 - sqrt(0.01) / 0.1 * 0.2 / (0.2 + 0.5)
    expect(weight[0]).toBeCloseTo(1 - 0.2 / 0.7, 12);
  });

  it.each(KINDS)('$kind starts from zero again after a reset', (settings) => {
    const { weight, gradient, optimizer } = one(settings);
    gradient[0] = 3;
    optimizer.update(1, 0.1);
    const once = weight[0];
    weight[0] = 1;
    optimizer.reset();
    optimizer.update(1, 0.1);
    expect(weight[0]).toBe(once);
  });

  it.each(KINDS)('$kind leaves a weight as it is whose update overflows', (settings) => {
    const [weights, gradients] = [Float32Array.of(1, 1), Float32Array.of(1, 0)];
    createOptimizer(settings, [weights], [gradients], float32).update(1, 1e39);
    expect(weights[0]).toBe(1);
  });

  it.each(KINDS)('$kind takes a scaled gradient for a smaller one', (settings) => {
    const [scaled, smaller] = [one(settings), one(settings)];
    for (const step of [1, 2, 3]) {
      scaled.gradient[0] = 3 * step;
      smaller.gradient[0] = 0.75 * step;
      scaled.optimizer.update(step, 0.1, 0.25);
      smaller.optimizer.update(step, 0.1);
    }
    expect(scaled.weight[0]).toBeCloseTo(smaller.weight[0]!, 14);
  });
});
