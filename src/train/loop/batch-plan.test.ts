import { describe, expect, it } from 'vitest';
import { BatchPlan } from './batch-plan';

describe('BatchPlan', () => {
  const rows = Uint32Array.from({ length: 10 }, (_, i) => i + 100);
  const plan = new BatchPlan(rows, 4, 1);
  const rowsOf = (steps: number[]) => steps.flatMap((step) => [...plan.batchOf(step).rows]);

  it('visits every row once in an epoch, each time in another order', () => {
    expect(plan.stepsPerEpoch).toBe(3);
    const [first, second] = [rowsOf([1, 2, 3]), rowsOf([4, 5, 6])];
    expect(first.toSorted()).toEqual([...rows]);
    expect(second.toSorted()).toEqual([...rows]);
    expect(second).not.toEqual(first);
  });

  it('says where in the order of its epoch a batch lies, the last one smaller', () => {
    const batch = plan.batchOf(6);
    expect([batch.epoch, batch.offset, batch.rows.length]).toEqual([1, 8, 2]);
    expect([...batch.order]).toEqual(rowsOf([4, 5, 6]));
    expect([1, 2, 3, 4, 6].map((step) => plan.endsEpoch(step))).toEqual([false, false, true, false, true]);
  });

  it('gives the same batch whatever was asked for before', () => {
    const again = new BatchPlan(rows, 4, 1);
    expect([...again.batchOf(5).rows]).toEqual(rowsOf([5]));
    expect([...again.batchOf(2).rows]).toEqual(rowsOf([2]));
  });
});
