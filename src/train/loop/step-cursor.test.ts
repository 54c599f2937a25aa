import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { BatchPlan } from './batch-plan';
import { StepCursor } from './step-cursor';
import { tinyModel, tinySettings } from '../session/session.test-helper';

describe('StepCursor', () => {
  const plan = new BatchPlan(
    Uint32Array.from({ length: 10 }, (_, i) => i + 100),
    4,
    1,
  );

  /** A network that notes which orders it was given. */
  async function createNetwork() {
    const model = resolveModel(tinyModel);
    const network = await createCpuEngine().createNetwork(model, initialWeights(model, 1), tinySettings);
    const orders: Uint32Array[] = [];
    return { network: Object.assign(network, { setOrder: (order: Uint32Array) => void orders.push(order) }), orders };
  }

  it('covers an epoch with a smaller last batch, and never passes its end', async () => {
    const { network, orders } = await createNetwork();
    const cursor = new StepCursor(plan, 1, 1);
    expect(cursor.next(network, 99, 0.5)).toEqual([
      { step: 2, offset: 4, count: 4, learningRate: 0.5 },
      { step: 3, offset: 8, count: 2, learningRate: 0.5 },
    ]);
    cursor.restartOptimizer(3);
    expect(cursor.next(network, 1, 0.5)).toEqual([{ step: 1, offset: 0, count: 4, learningRate: 0.5 }]);
    expect(orders).toEqual([plan.batchOf(1).order, plan.batchOf(4).order]);
  });

  it('submits steps again that came to nothing, with their order', async () => {
    const { network, orders } = await createNetwork();
    const cursor = new StepCursor(plan);
    const requests = cursor.next(network, 2, 0.5);
    cursor.rewind(0);
    expect(cursor.next(network, 2, 0.5)).toEqual(requests);
    expect(orders).toHaveLength(2);
  });
});
