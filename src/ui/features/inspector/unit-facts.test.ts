import { expect, it } from 'vitest';
import { unitFacts } from './unit-facts';

it('takes the numbers of one unit: every so manieth', () => {
  const data = Float32Array.of(3, 9, -4, 9, 0, 9);
  expect(unitFacts(data, 2, 0)).toEqual({ norm: 5, mean: -1 / 3, zeros: 1 / 3 });
  expect(unitFacts(data, 2, 1)).toEqual({ norm: Math.sqrt(243), mean: 9, zeros: 0 });
  expect(unitFacts(Float32Array.of(7, NaN), 2, 1).norm).toBeNaN();
});
