import { describe, expect, it } from 'vitest';
import { EVERYTHING, galleryRows, isRight, type GalleryChoice } from './gallery-rows';

const answers = {
  labels: Uint8Array.of(3, 3, 7, 7, 0, 0),
  predicted: Uint8Array.of(3, 5, 7, 3, 0, 0),
  confidence: Float32Array.of(0.9, 0.6, 0.5, 0.8, 0.9, NaN),
  loss: Float32Array.of(0.1, 2, 0.7, 3, 0.1, NaN),
};
const rows = (choice: Partial<GalleryChoice>) => galleryRows(answers, { ...EVERYTHING, ...choice });

describe('galleryRows', () => {
  it('filters by true class, by prediction, and by both', () => {
    expect(rows({})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rows({ actual: 3 })).toEqual([0, 1]);
    expect(rows({ predicted: 3 })).toEqual([0, 3]);
    expect(rows({ actual: 7, predicted: 3 })).toEqual([3]);
    expect(rows({ actual: 9 })).toEqual([]);
  });

  it('filters by right and wrong; NaN is wrong whatever class it counts as', () => {
    expect(rows({ outcome: 'right' })).toEqual([0, 2, 4]);
    expect(rows({ outcome: 'wrong' })).toEqual([1, 3, 5]);
    expect(rows({ outcome: 'wrong', actual: 3 })).toEqual([1]);
    expect(isRight(answers, 5)).toBe(false);
  });

  it('sorts by confidence and by loss, equal ones as in the data, NaN at the bad end', () => {
    expect(rows({ order: 'unsure' })).toEqual([5, 2, 1, 3, 0, 4]);
    expect(rows({ order: 'sure' })).toEqual([0, 4, 3, 1, 2, 5]);
    expect(rows({ order: 'worst' })).toEqual([5, 3, 1, 2, 0, 4]);
    expect(rows({ order: 'best' })).toEqual([0, 4, 2, 1, 3, 5]);
    expect(rows({ order: 'worst', outcome: 'wrong' })).toEqual([5, 3, 1]);
  });
});
