import { expect, it } from 'vitest';
import { pointAt } from './hover';
import { keyTarget } from './use-pointed';

const points = [10, 20, 40, 80].map((step, index) => ({ step, index }));
const axis = { domain: [10, 80] as [number, number], ticks: [] };
const stepAt = (share: number | null) => pointAt(points, axis, share)?.step;

it('finds the point nearest to the pointer', () => {
  expect([0, 0.05, 0.1, 0.3, 0.7, 1].map(stepAt)).toEqual([10, 10, 20, 40, 40, 80]);
  // Half way between 40 and 80 lies step 60, at 50 / 70 of the width.
  expect([0.713, 0.716].map(stepAt)).toEqual([40, 80]);
});

it('stays at the ends beyond them, and finds nothing where there is nothing', () => {
  expect([stepAt(-0.05), stepAt(1.05), stepAt(null)]).toEqual([10, 80, undefined]);
  expect(pointAt([], axis, 0.5)).toBeNull();
  expect(pointAt(points.slice(0, 1), axis, 0.5)?.step).toBe(10);
});

it('moves with the keys from point to point, beginning at the newest', () => {
  const from = (at: number | null) =>
    ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape', 'Enter'].map((key) => keyTarget(key, at, 4));
  expect(from(null)).toEqual([3, 3, 0, 3, undefined, undefined]);
  expect(from(0)).toEqual([0, 1, 0, 3, null, undefined]);
  expect(from(3)).toEqual([2, 3, 0, 3, null, undefined]);
  expect(keyTarget('ArrowLeft', null, 0)).toBeUndefined();
});
