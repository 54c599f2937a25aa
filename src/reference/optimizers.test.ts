import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../model/settings';
import { createRandom } from '../random';
import { float32 } from './numbers';
import { createOptimizer } from './optimizers';
import { relativeError, useTfjs } from './tfjs.test-helper';

const STEPS = 20;
const LENGTH = 37;

beforeAll(useTfjs);

describe('optimizers against TensorFlow.js over 20 steps', () => {
  it.each<[OptimizerSettings, () => tf.Optimizer]>([
    [{ kind: 'sgd', learningRate: 0.1 }, () => tf.train.sgd(0.1)],
    [{ kind: 'momentum', learningRate: 0.05, momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9)],
    [{ kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, () => tf.train.adam(0.01, 0.9, 0.999, 1e-7)],
    [{ kind: 'adam', learningRate: 0.3, beta1: 0.5, beta2: 0.8, epsilon: 1e-7 }, () => tf.train.adam(0.3, 0.5, 0.8, 1e-7)],
  ])('%o', (settings, theirs) => {
    const random = createRandom(11);
    const start = float32(LENGTH).map(() => random.normal());
    const targets = float32(LENGTH).map(() => random.normal());
    const [mine, gradient] = [start.slice(), float32(LENGTH)];
    const optimizer = createOptimizer(settings, [mine], [gradient], float32);
    const variable = tf.variable(tf.tensor1d(start));
    const other = theirs();
    for (let step = 1; step <= STEPS; step++) {
      // The gradient of sum((w - target)^2), different in every step and coordinate.
      for (let i = 0; i < LENGTH; i++) gradient[i] = 2 * (mine[i] - targets[i]);
      optimizer.update(step, settings.learningRate);
      other.minimize(() => tf.sum(tf.square(tf.sub(variable, tf.tensor1d(targets)))) as tf.Scalar, false, [variable]);
    }
    expect(relativeError(start, mine)).toBeGreaterThan(0.01);
    expect(relativeError(mine, variable.dataSync())).toBeLessThan(1e-5);
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
    const { weight, gradient, optimizer } = one({ kind: 'adam', learningRate: 1, beta1: 0.9, beta2: 0.99, epsilon: 0.5 });
    gradient[0] = 2;
    optimizer.update(1, 1);
    // m = 0.2, v = 0.04: 1 - sqrt(0.01) / 0.1 * 0.2 / (0.2 + 0.5)
    expect(weight[0]).toBeCloseTo(1 - 0.2 / 0.7, 12);
  });

  it.each<OptimizerSettings>([
    { kind: 'momentum', learningRate: 0.1, momentum: 0.9 },
    { kind: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  ])('$kind starts from zero again after a reset', (settings) => {
    const { weight, gradient, optimizer } = one(settings);
    gradient[0] = 3;
    optimizer.update(1, 0.1);
    const once = weight[0];
    weight[0] = 1;
    optimizer.reset();
    optimizer.update(1, 0.1);
    expect(weight[0]).toBe(once);
  });
});
