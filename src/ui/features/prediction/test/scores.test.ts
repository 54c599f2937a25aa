import { describe, expect, it } from 'vitest';
import { confusionOf, scoresOf } from './scores';

describe('confusionOf', () => {
  it('counts confusion[actual][predicted]', () => {
    expect(confusionOf([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });
});

describe('scoresOf', () => {
  it('gives precision, recall and F1 as worked out by hand', () => {
    const { classes, macro } = scoresOf([
      [8, 2, 0],
      [1, 3, 0],
      [1, 0, 5],
    ]);
    expect(classes[0]).toEqual({ precision: 0.8, recall: 0.8, f1: 0.8, support: 10 });
    expect(classes[1]).toEqual({ precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, support: 4 });
    expect(classes[2]).toEqual({ precision: 1, recall: 5 / 6, f1: 10 / 11, support: 6 });
    expect(macro.precision).toBeCloseTo((0.8 + 0.6 + 1) / 3, 12);
    expect(macro.recall).toBeCloseTo((0.8 + 0.75 + 5 / 6) / 3, 12);
    expect(macro.f1).toBeCloseTo((0.8 + 2 / 3 + 10 / 11) / 3, 12);
    expect(macro.support).toBe(20);
  });

  it('gives a class never predicted no precision, which counts as 0 in the average', () => {
    const { classes, macro } = scoresOf([
      [4, 0],
      [4, 0],
    ]);
    expect(classes[0]).toEqual({ precision: 0.5, recall: 1, f1: 8 / 12, support: 4 });
    expect(classes[1]).toEqual({ precision: NaN, recall: 0, f1: 0, support: 4 });
    expect(macro).toEqual({ precision: 0.25, recall: 0.5, f1: 1 / 3, support: 8 });
  });

  it('gives a class without images no recall, and leaves out one that does not occur at all', () => {
    const { classes, macro } = scoresOf([
      [3, 1, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(classes[1]).toEqual({ precision: 0, recall: NaN, f1: 0, support: 0 });
    expect(classes[2]).toEqual({ precision: NaN, recall: NaN, f1: NaN, support: 0 });
    expect(macro).toEqual({ precision: 0.5, recall: 0.375, f1: 6 / 7 / 2, support: 4 });
  });

  it('has no average of nothing', () => {
    expect(scoresOf([[0]]).macro).toEqual({ precision: NaN, recall: NaN, f1: NaN, support: 0 });
  });
});
