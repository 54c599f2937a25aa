import { expect, it } from 'vitest';
import { initialWeights } from './initialize';
import { resolveModel } from './resolve';
import { parseModelSpec } from './spec';
import { mergeWeights } from './check-weights';

const model = resolveModel(
  parseModelSpec({
    input: [4, 4, 2],
    layers: [{ kind: 'batchNormalization' }, { kind: 'flatten' }, { kind: 'dense', units: 2 }],
  }),
);
const current = initialWeights(model, 1);
const given = (...data: number[]) => ({
  batchNormalization_1: { movingVariance: { shape: [2], data: Float32Array.from(data) } },
});

it('takes running averages like weights', () => {
  const merged = mergeWeights(model, current, given(0, 4));
  expect([...merged.batchNormalization_1!.movingVariance!.data]).toEqual([0, 4]);
  expect(merged.batchNormalization_1!.gamma).toEqual(current.batchNormalization_1!.gamma);
});

it('refuses a negative variance, whose root is not a number', () => {
  expect(() => mergeWeights(model, current, given(1, -1))).toThrow(
    /batchNormalization_1.*movingVariance.*number 1 is -1/,
  );
});
