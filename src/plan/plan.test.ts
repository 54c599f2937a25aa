import { describe, expect, it } from 'vitest';
import type { Tuning } from './dispatch';
import { normSlots } from '../model/norm-slots';
import { presets } from '../model/presets';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';
import { ALIGNMENT } from './allocator';
import { planForward, planGradients, planTraining, stepDispatches } from './plan';
import type { TrainingOptions, TrainingPlan } from './plan-types';

const tuning: Tuning = { workgroup: 32, threads: 256, subgroupsOf4: false };
const models = presets.map(({ spec }) => resolveModel(spec));
const modelOf = (layers: object[], input = [9, 9, 3]) =>
  resolveModel(parseModelSpec({ version: 1, name: 'test', input, layers }));

function planFor(model: ResolvedModel, options: Partial<TrainingOptions> = {}): TrainingPlan {
  return planTraining(model, { batchSize: 33, tuning, optimizer: 'adam', ...options });
}

describe.each(models)('the plan of $spec.name', (model) => {
  const plan = planFor(model);
  const step = stepDispatches(plan);

  it('keeps every tensor inside its arena and aligned', () => {
    for (const { label, bindings } of step) {
      for (const tensor of Object.values(bindings)) {
        if (tensor.length === Infinity || ['images', 'labels', 'order'].includes(tensor.arena)) continue;
        expect(tensor.offset % ALIGNMENT, label).toBe(0);
        expect(tensor.offset + tensor.length, label).toBeLessThanOrEqual(plan.arenas[tensor.arena]!);
      }
    }
  });

  it('computes dL/dx for every layer but the first, and for it too when asked', () => {
    const labels = plan.backward.map(({ label }) => label);
    const first = model.layers.findIndex(({ weights }) => weights.length > 0);
    expect(labels).not.toContain(`${model.layers[first]!.id} dL/dx`);
    const asked = planGradients(model, { batchSize: 33, tuning, training: true });
    expect(asked.layers.every(({ dx }) => dx.length > 0)).toBe(true);
  });

  it('measures the gradients that every engine measures', () => {
    expect(plan.update.slots).toEqual(normSlots(model));
  });

  it('keeps its kernels when the batch size changes', () => {
    const kernels = (one: TrainingPlan) =>
      stepDispatches(one).map(({ shader, entryPoint, constants }) => [shader, entryPoint, constants]);
    expect(kernels(planFor(model, { batchSize: 1 }))).toEqual(kernels(plan));
  });
});

describe('a plan', () => {
  it('needs 17 launches for the neural-fortran network', () => {
    expect(stepDispatches(planFor(models.find(({ spec }) => spec.name.startsWith('neural-fortran'))!))).toHaveLength(
      17,
    );
  });

  it('gives a view the memory of its input, forward and backward', () => {
    const [conv, flatten] = planFor(
      modelOf([{ kind: 'conv2d' }, { kind: 'flatten' }, { kind: 'dense', units: 3 }]),
    ).layers;
    expect([flatten!.y, flatten!.dy]).toEqual([conv!.y, conv!.dy]);
    expect([...flatten!.forward, ...flatten!.backward]).toEqual([]);
  });

  it('covers every element of every weight gradient once', () => {
    const plan = planFor(
      modelOf([{ kind: 'flatten' }, { kind: 'dense', units: 1000 }, { kind: 'dense', units: 7 }], [16, 16, 3]),
    );
    const written = new Uint8Array(plan.arenas.gradients!);
    for (let chunk = 0; chunk * 6 < plan.finish.bindings.chunks!.length; chunk++) {
      const [, destination, length, splits] = plan.tables.subarray(chunk * 6);
      for (let i = 0; splits! > 0 && i < length!; i++) written[destination! + i]!++;
    }
    for (const { offset, length } of plan.parameters.tensors) {
      expect(written.subarray(offset, offset + length).every((times) => times === 1)).toBe(true);
    }
  });

  it('folds a grid beyond the limit of one dimension into two', () => {
    const plan = planFor(
      modelOf([{ kind: 'activation' }, { kind: 'flatten' }, { kind: 'dense', units: 2 }], [224, 224, 3]),
      {
        batchSize: 256,
      },
    );
    const [x, y, z] = plan.forward[0]!.workgroups;
    expect(Math.max(x, y)).toBeLessThanOrEqual(65535);
    expect(x * y * z * tuning.workgroup * 4).toBeGreaterThanOrEqual(256 * 224 * 224 * 3);
  });

  it('leaves out moments that the optimizer does not keep', () => {
    expect(planFor(models[0]!, { optimizer: 'sgd' }).arenas).not.toHaveProperty('moment1');
    expect(planFor(models[0]!, { optimizer: 'momentum' }).arenas).not.toHaveProperty('moment2');
    expect(planForward(models[0]!, { batchSize: 33, tuning, training: false }).arenas).not.toHaveProperty('gradients');
  });
});
