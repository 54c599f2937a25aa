import { describe, expect, it } from 'vitest';
import { customDataset } from '../../data/custom';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { createLayer } from '../../model/spec';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { StepResult } from '../../backend/engine';
import { BatchPlan } from './batch-plan';
import { findOverflow, LARGEST_NORM, overflowError } from './find-overflow';
import { imagesOfBatch } from './pixels';
import { stripes, tinyModel, tinySettings } from '../session/session.test-helper';

describe('findOverflow', () => {
  const dataset = customDataset(stripes());
  const model = resolveModel({
    ...tinyModel,
    layers: [createLayer('flatten'), ...[4, 4, 3].map((units) => createLayer('dense', { units }))],
  });
  const batch = new BatchPlan(
    Uint32Array.from({ length: 40 }, (_, i) => i),
    40,
    1,
  ).batchOf(1);
  const failed: StepResult = { step: 5, loss: NaN, accuracy: 0, norms: new Float32Array(10), halted: true };

  async function find(scales: Record<string, number>, result = failed) {
    return findOverflow(await networkWith(scales), model, dataset, batch, result);
  }

  async function networkWith(scales: Record<string, number>) {
    const weights = initialWeights(model, 1);
    for (const [id, scale] of Object.entries(scales))
      weights[id]!.weight!.data.forEach((w, i, all) => (all[i] = Math.fround(w * scale)));
    const engine = createCpuEngine();
    await engine.setDataset(dataset);
    const network = await engine.createNetwork(model, weights, tinySettings);
    network.setOrder(batch.rows);
    return network;
  }

  it('names the first layer in forward order whose outputs are not finite', async () => {
    expect(await find({ dense_1: 1e20, dense_2: 1e20 })).toEqual({ layer: 2, where: 'outputs' });
    expect(overflowError({ layer: 2, where: 'outputs' }, model, 5, 0.1).message).toMatch(
      /^dense_2: Step 5: the outputs of dense_2.*step 4 are kept/,
    );
  });

  it('else the first in backward order whose gradients are not', async () => {
    // The outputs stay finite (tiny first layer, huge later layers). The gradient that goes back
    // through both huge layers does not.
    expect(await find({ dense_1: 1e-38, dense_2: 1e30, dense_3: 1e25 })).toEqual({ layer: 1, where: 'gradients' });
    expect(overflowError({ layer: 1, where: 'gradients' }, model, 1, 0.1).message).toMatch(
      /gradients of dense_1.*initial weights are kept/,
    );
  });

  it('tells gradients that are finite from a norm that is not', async () => {
    // The outputs are about 1. On the way back, the gradient is multiplied by more than 1e38.
    const scales = { dense_1: 1e-38, dense_2: 2e19, dense_3: 2e19 };
    const network = await networkWith(scales);
    const { images, labels } = imagesOfBatch(dataset, batch);
    const gradient = (await network.backward(images, labels, true)).layers[1]!.weight!.data;
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...gradient)).toBeGreaterThan(LARGEST_NORM);
    const [result] = await network.trainSteps([{ step: 1, offset: 0, count: 40, learningRate: 0.1 }]);
    const overflow = await find(scales, result);
    expect(overflow).toEqual({ layer: 1, where: 'norm' });
    const { message } = overflowError(overflow, model, 5, 1000);
    expect(message).toMatch(
      /dense_1 are finite.*norm above 3\.4e38.*norm overflows float32.*Lower the learning rate \(now 1000\)/,
    );
    expect(message).not.toMatch(/NaN|infinity/);
  });

  it('says so where nothing is found any more', async () => {
    expect(await find({})).toBeNull();
    expect(overflowError(null, model, 5, 0.1).message).toMatch(/Step 5: the loss/);
  });
});
