import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { LiveChange } from '../../model/live-settings';
import { BatchPlan } from './batch-plan';
import { StepCursor } from './step-cursor';
import { tinyModel, tinySettings } from '../session/session.test-helper';

describe('StepCursor', () => {
  const plan = new BatchPlan(
    Uint32Array.from({ length: 10 }, (_, i) => i + 100),
    4,
    1,
  );

  const half = () => ({ learningRate: 0.5 });

  /** A network that records the orders that it receives. */
  async function createNetwork() {
    const model = resolveModel(tinyModel);
    const network = await createCpuEngine().createNetwork(model, initialWeights(model, 1), tinySettings);
    const orders: Uint32Array[] = [];
    return { network: Object.assign(network, { setOrder: (order: Uint32Array) => void orders.push(order) }), orders };
  }

  it('covers an epoch with a smaller last batch, and never passes its end', async () => {
    const { network, orders } = await createNetwork();
    const cursor = new StepCursor(plan, 1, 1);
    expect(cursor.next(network, 99, half)).toEqual([
      { step: 2, offset: 4, count: 4, learningRate: 0.5 },
      { step: 3, offset: 8, count: 2, learningRate: 0.5 },
    ]);
    cursor.restartOptimizer(3);
    expect(cursor.next(network, 1, half)).toEqual([{ step: 1, offset: 0, count: 4, learningRate: 0.5 }]);
    expect(orders).toEqual([plan.batchOf(1).order, plan.batchOf(4).order]);
  });

  it('submits steps again that came to nothing, with their order', async () => {
    const { network, orders } = await createNetwork();
    const cursor = new StepCursor(plan);
    const requests = cursor.next(network, 2, half);
    cursor.rewind(0);
    expect(cursor.next(network, 2, half)).toEqual(requests);
    expect(orders).toHaveLength(2);
  });

  it('tells the settings of the first step, and of each that has others', async () => {
    const { network } = await createNetwork();
    const changes: LiveChange[] = [];
    const cursor = new StepCursor(plan, 1, 1, (change) => changes.push(change));
    const rates = (step: number) => ({ learningRate: step < 4 ? 0.1 : 0.2 });
    const requests = [2, 2].flatMap((most) => cursor.next(network, most, rates));
    expect(requests.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.1, 0.2, 0.2]);
    const [first, second] = [2, 4].map((step) => ({ step, settings: rates(step) }));
    expect(changes).toEqual([first, second]);
    cursor.rewind(3);
    cursor.next(network, 1, rates);
    expect(changes).toEqual([first, second, second]);
  });
});
