import { describe, expect, it } from 'vitest';
import { faultsOf, verdictOf } from './gradient-faults';
import type { GradientCheck } from './protocol';

/** Results of conv2d_1, maxPool2d_1, conv2d_2 and dense_1, right except for the given errors. */
function results(errors: Record<string, number>): GradientCheck[] {
  return ['conv2d_1', 'maxPool2d_1', 'conv2d_2', 'dense_1'].flatMap((layer) =>
    (layer.startsWith('max') ? (['input'] as const) : (['input', 'weight', 'bias'] as const)).map((tensor) => ({
      layer,
      tensor,
      relativeError: errors[`${layer} ${tensor}`] ?? 1e-6,
      compared: 18,
      skipped: 0,
    })),
  );
}

describe('verdictOf', () => {
  it('goes by the relative error, and by what could be compared at all', () => {
    expect(verdictOf({ relativeError: 0, compared: 1, skipped: 0 })).toBe('agrees');
    expect(verdictOf({ relativeError: 9.9e-4, compared: 1, skipped: 0 })).toBe('agrees');
    expect(verdictOf({ relativeError: 1e-3, compared: 1, skipped: 0 })).toBe('doubtful');
    expect(verdictOf({ relativeError: 1e-2, compared: 1, skipped: 0 })).toBe('doubtful');
    expect(verdictOf({ relativeError: 1.1e-2, compared: 1, skipped: 17 })).toBe('wrong');
    expect(verdictOf({ relativeError: Infinity, compared: 1, skipped: 0 })).toBe('wrong');
    expect(verdictOf({ relativeError: NaN, compared: 0, skipped: 18 })).toBe('untested');
    expect(verdictOf({ relativeError: NaN, compared: 0, skipped: 0 })).toBe('unreached');
  });
});

describe('faultsOf', () => {
  it('is empty where nothing is wrong', () => {
    expect(faultsOf(results({}))).toEqual([]);
    expect(faultsOf(results({ 'conv2d_2 weight': 5e-3 }))).toEqual([]);
  });

  it('begins with the layer nearest to the loss, not the one with the largest error', () => {
    const spoiled = results({
      'maxPool2d_1 input': 0.3,
      'conv2d_1 input': 1,
      'conv2d_1 weight': 1,
      'conv2d_1 bias': Infinity,
    });
    expect(faultsOf(spoiled)).toEqual([{ layer: 'maxPool2d_1', tensors: ['input'], spreads: true, last: false }]);
  });

  it('names the tensors, and goes on past a layer that passes on a right gradient', () => {
    const spoiled = results({
      'dense_1 bias': 1,
      'conv2d_2 weight': 0.5,
      'conv2d_2 input': 0.5,
      'maxPool2d_1 input': 1,
    });
    expect(faultsOf(spoiled)).toEqual([
      { layer: 'dense_1', tensors: ['bias'], spreads: false, last: true },
      { layer: 'conv2d_2', tensors: ['input', 'weight'], spreads: true, last: false },
    ]);
  });
});
