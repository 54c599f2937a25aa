import { expect, it } from 'vitest';
import { epochProgress } from './epoch-progress';

it('counts epochs from 1 and ends each full', () => {
  expect(epochProgress(0, 422)).toEqual({ epoch: 0, fraction: 0, stepsLeft: 0 });
  expect(epochProgress(1, 4)).toEqual({ epoch: 1, fraction: 0.25, stepsLeft: 3 });
  expect(epochProgress(4, 4)).toEqual({ epoch: 1, fraction: 1, stepsLeft: 0 });
  expect(epochProgress(5, 4)).toEqual({ epoch: 2, fraction: 0.25, stepsLeft: 3 });
});
