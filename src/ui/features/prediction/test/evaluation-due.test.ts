import { expect, it } from 'vitest';
import { isEvaluationDue } from './evaluation-due';

// MNIST: 54,000 images in 422 batches of 128. A pass over 10,000 images costs as much as training
// on 3,333.
const mnist = { stepsPerEpoch: 422, batchSize: 128, images: 10_000 };

it('waits until evaluating is a small share of the training since the last time', () => {
  const due = (epoch: number, evaluatedStep: number) => isEvaluationDue({ ...mnist, epoch, evaluatedStep });
  expect([0, 1, 6, 7, 8].map((epoch) => due(epoch, 0))).toEqual([false, false, false, true, true]);
  expect([3, 4, 9, 10].map((epoch) => due(epoch, 3 * 422))).toEqual([false, false, false, true]);
});

it('is cheaper, and sooner due, with fewer images', () => {
  expect(isEvaluationDue({ ...mnist, images: 1500, epoch: 1, evaluatedStep: 0 })).toBe(true);
});

it('is not due for weights seen already, nor where there is nothing to train on', () => {
  expect(isEvaluationDue({ ...mnist, images: 0, epoch: 1, evaluatedStep: 500 })).toBe(false);
  expect(isEvaluationDue({ ...mnist, stepsPerEpoch: 0, epoch: 0, evaluatedStep: 0 })).toBe(false);
});
