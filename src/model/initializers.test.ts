import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { fillInitial, INITIALIZERS, type InitializerKind } from './initializers';
import { initialWeights } from './initialize';
import { resolveModel } from './resolve';
import { parseModelSpec } from './spec';

const COUNT = 200_000;
const fans = { fanIn: 75, fanOut: 125 };

function draw(kind: InitializerKind, value?: number, count = COUNT) {
  return fillInitial(new Float32Array(count), { kind, value }, fans, createRandom(5));
}

function statistics(data: Float32Array) {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const moment = (order: number) => data.reduce((sum, x) => sum + (x - mean) ** order, 0) / data.length;
  const variance = moment(2);
  return {
    mean,
    variance,
    kurtosis: moment(4) / variance ** 2,
    largest: data.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  };
}

/**
 * The variances given by https://keras.io/api/layers/initializers/: 2 / (in + out), 2 / in, 1 / in.
 */
const VARIANCES = [
  ['glorot', 2 / 200],
  ['he', 2 / 75],
  ['lecun', 1 / 75],
] as const;

describe('initializers', () => {
  it.each(VARIANCES)('%sUniform fills ±sqrt(3 variance) evenly', (name, variance) => {
    const found = statistics(draw(`${name}Uniform`));
    // Allows five standard errors of the mean, and about two and a half of the variance.
    expect(Math.abs(found.mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(found.variance / variance).toBeCloseTo(1, 2);
    expect(found.kurtosis).toBeCloseTo(1.8, 1);
    const limit = Math.sqrt(3 * variance);
    expect(found.largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(found.largest).toBeGreaterThan(0.999 * limit);
  });

  it.each(VARIANCES)('%sNormal has its variance though cut off at two standard deviations', (name, variance) => {
    const found = statistics(draw(`${name}Normal`));
    expect(Math.abs(found.mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(found.variance / variance).toBeCloseTo(1, 2);
    // E z^4 / (E z^2)^2 of a standard normal cut off at ±2 is 2.3655.
    expect(found.kurtosis).toBeCloseTo(2.37, 1);
    const limit = (2 * Math.sqrt(variance)) / 0.87962566103423978;
    expect(found.largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(found.largest).toBeGreaterThan(0.99 * limit);
  });

  it('zeros, ones and constant fill the tensor with one value', () => {
    expect(new Set(draw('zeros', 3, 99))).toEqual(new Set([0]));
    expect(new Set(draw('ones', 3, 99))).toEqual(new Set([1]));
    expect(new Set(draw('constant', -0.25, 99))).toEqual(new Set([-0.25]));
  });

  it.each(INITIALIZERS)('%s gives the same numbers for the same seed', (kind) => {
    expect(draw(kind, 2, 999)).toEqual(draw(kind, 2, 999));
  });
});

describe('the layers that have a kernel', () => {
  const weightsWith = (given: object, seed = 3) => {
    const layers = [
      { kind: 'conv2d', filters: 6, kernelSize: [3, 5], ...given },
      { kind: 'flatten' },
      { kind: 'dense', units: 7, ...given },
    ];
    return initialWeights(resolveModel(parseModelSpec({ input: [8, 9, 2], layers })), seed);
  };
  const largest = (data: Float32Array) => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

  it('start with glorotUniform, whose fans include the window, and with biases of 0', () => {
    const { conv2d_1, dense_1 } = weightsWith({});
    expect(weightsWith({ kernelInitializer: 'glorotUniform' }).conv2d_1).toEqual(conv2d_1);
    expect(largest(conv2d_1!.weight!.data) / Math.sqrt(6 / (15 * 2 + 15 * 6))).toBeCloseTo(1, 1);
    expect(largest(dense_1!.weight!.data) / Math.sqrt(6 / (6 * 5 * 6 + 7))).toBeCloseTo(1, 1);
    expect(largest(conv2d_1!.bias!.data)).toBe(0);
    expect(weightsWith({}, 4).conv2d_1!.weight).not.toEqual(conv2d_1!.weight);
  });

  it('accept another initializer, and a constant', () => {
    const he = weightsWith({ kernelInitializer: 'heUniform' });
    expect(largest(he.conv2d_1!.weight!.data) / Math.sqrt(6 / 30)).toBeCloseTo(1, 1);
    const constant = weightsWith({ kernelInitializer: 'constant', kernelConstant: 0.5 });
    expect(new Set(constant.dense_1!.weight!.data)).toEqual(new Set([0.5]));
    expect(() => weightsWith({ kernelInitializer: 'orthogonal' })).toThrow(/conv2d_1, kernelInitializer/);
  });
});
