import { describe, expect, it } from 'vitest';
import type { Weights } from '../../../model/initialize';
import { initialWeights } from '../../../model/initialize';
import { resolveModel } from '../../../model/resolve';
import { createLayer } from '../../../model/spec';
import type { Activation } from '../../../model/activations';
import { diagnoseLayer } from './diagnostics';

const tensor = (shape: number[], data: number[]) => ({ shape, data: Float32Array.from(data) });

/**
 * [2, 1, 1] -> conv2d with one filter of 1x1 and a bias -> batch normalization -> flatten -> dense
 * of 3 units
 */
const model = resolveModel({
  version: 1,
  name: 'tiny',
  input: [2, 1, 1],
  layers: [
    createLayer('conv2d', { filters: 2, kernelSize: [1, 1], activation: 'relu' }),
    createLayer('batchNormalization'),
    createLayer('flatten'),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
});
const [conv, normalization, flatten] = model.layers;
const convWeights = (weight: number[], bias: number[]): Weights => ({
  conv2d_1: { weight: tensor([1, 1, 1, 2], weight), bias: tensor([2], bias) },
});
const step = {
  before: convWeights([3, 0], [0, 4]),
  after: convWeights([3, 1], [2, 6]),
  gradients: convWeights([0, -6], [8, 0]),
};
const output = tensor([1, 2, 1, 2], [0, 5, 0, 1]);

describe('diagnoseLayer', () => {
  it('takes norms over all trained tensors together', () => {
    const { weightNorm, gradientNorm, updateNorm, tensors } = diagnoseLayer(conv!, output, step);
    expect([weightNorm, gradientNorm, updateNorm]).toEqual([5, 10, 3]);
    expect(tensors.map(({ name }) => name)).toEqual(['weight', 'bias']);
    expect(tensors[0]!.weights).toMatchObject({ smallest: 0, largest: 3, mean: 1.5 });
    expect(tensors[1]!.gradients).toMatchObject({ smallest: 0, largest: 8, mean: 4 });
  });

  it('describes the outputs, with one of two channels dead', () => {
    const figures = diagnoseLayer(conv!, output, step);
    expect(figures).toMatchObject({ layer: 'conv2d_1', activationMean: 1.5, deadUnits: 0.5, saturated: 0.5 });
    expect(figures.activationStd).toBeCloseTo(Math.sqrt((2.25 + 12.25 + 2.25 + 0.25) / 4), 12);
  });

  it('knows no update of a step that was not applied, and lets NaN show', () => {
    const gradients = convWeights([NaN, 1], [Infinity, 0]);
    const figures = diagnoseLayer(conv!, tensor([1, 2, 1, 2], [NaN, 0, 0, 0]), { ...step, after: null, gradients });
    expect(figures).toMatchObject({
      weightNorm: 5,
      gradientNorm: NaN,
      updateNorm: null,
      activationMean: NaN,
      deadUnits: 0.5,
    });
    expect(figures.tensors.map((one) => [one.gradients.notANumber, one.gradients.infinite])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('leaves running averages out, and has nothing to say of weights where there are none', () => {
    const before = initialWeights(model, 1);
    const none = diagnoseLayer(flatten!, tensor([1, 4], [1, 2, 3, 4]), { before, after: before, gradients: before });
    expect(none).toMatchObject({
      weightNorm: null,
      gradientNorm: null,
      updateNorm: null,
      deadUnits: null,
      saturated: null,
      tensors: [],
    });
    const averaged = diagnoseLayer(normalization!, tensor([1, 2, 1, 2], [0, 0, 0, 0]), {
      before,
      after: before,
      gradients: before,
    });
    expect(averaged.tensors.map(({ name }) => name)).toEqual(['gamma', 'beta']);
    expect(averaged).toMatchObject({ weightNorm: Math.SQRT2, updateNorm: 0, deadUnits: null, saturated: null });
  });

  it.each<[Activation, number[], number | null, number | null]>([
    ['relu', [0, 0, 0, 2], 0.5, 0.75],
    ['sigmoid', [0.001, 0.5, 0.98, 0.999], null, 0.5],
    ['tanh', [-0.995, 0, 0.98, 1], null, 0.5],
    ['elu', [-0.999, -0.5, 0, 100], null, 0.25],
    ['leakyRelu', [0, 0, 0, 0], null, null],
    ['gelu', [0, 0, 0, 0], null, null],
    ['silu', [0, 0, 0, 0], null, null],
    ['linear', [0, 0, 0, 0], null, null],
    ['softmax', [0, 0, 0, 0], null, null],
  ])('knows where %s is flat', (activation, values, deadUnits, saturated) => {
    const layers = [createLayer('flatten'), createLayer('activation', { activation })];
    const alone = resolveModel({ version: 1, name: '', input: [1, 2, 1], layers });
    expect(diagnoseLayer(alone.layers[1]!, tensor([2, 2], values), null)).toMatchObject({ deadUnits, saturated });
  });
});
