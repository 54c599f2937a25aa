import { describe, expect, it } from 'vitest';
import type { Dispatch, Tuning } from './dispatch';
import { layerKinds } from '../model/layers';
import { OPTIMIZERS, type OptimizerKind } from '../model/optimizers';
import { resolveModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';
import { planGradients, planTraining, stepDispatches } from './plan';

/**
 * The limits that every WebGPU adapter offers (https://www.w3.org/TR/webgpu/#limits, column
 * "Default"). The device requests no higher values for these.
 */
const LIMITS = { storageBuffers: 8, workgroups: 65535, invocations: 256 };

const tunings: Tuning[] = [
  { workgroup: 32, threads: 256, subgroupsOf4: true },
  { workgroup: 32, threads: 256, subgroupsOf4: false },
  { workgroup: 64, threads: 16384, subgroupsOf4: false },
];

/**
 * Every kind of layer, with a channel count that fills no vector and images as large as they come.
 */
const everything = resolveModel(
  parseModelSpec({
    version: 1,
    name: 'every kind',
    input: [224, 224, 3],
    layers: [
      { kind: 'zeroPadding2d' },
      { kind: 'conv2d', filters: 33, padding: 'same', activation: 'gelu' },
      { kind: 'batchNormalization' },
      { kind: 'activation', activation: 'relu' },
      { kind: 'depthwiseConv2d', padding: 'same' },
      { kind: 'add', from: 'activation_1' },
      { kind: 'maxPool2d', poolSize: [3, 3], strides: [2, 2] },
      { kind: 'averagePooling2d' },
      { kind: 'maxPool2d' },
      { kind: 'dropout' },
      { kind: 'reshape', targetShape: [784, 33, 1] },
      { kind: 'globalAveragePooling2d' },
      { kind: 'flatten' },
      { kind: 'dense', units: 8191, activation: 'relu' },
      { kind: 'dense', units: 10, activation: 'softmax' },
    ],
  }),
);

function check({ label, bindings, workgroups, constants }: Dispatch) {
  expect(Object.keys(bindings).length, label).toBeLessThanOrEqual(LIMITS.storageBuffers);
  expect(Math.max(...workgroups), label).toBeLessThanOrEqual(LIMITS.workgroups);
  expect(Math.min(...workgroups), label).toBeGreaterThanOrEqual(1);
  expect(constants.WORKGROUP ?? 1, label).toBeLessThanOrEqual(LIMITS.invocations);
}

it('looks at every kind of layer', () => {
  const kinds = new Set(everything.layers.map(({ spec }) => spec.kind));
  expect([...kinds].sort()).toEqual(Object.keys(layerKinds).sort());
});

describe.each(tunings)('on an adapter with workgroups of $workgroup and subgroups of 4: $subgroupsOf4', (tuning) => {
  it.each(Object.keys(OPTIMIZERS) as OptimizerKind[])(
    'a training step with %s stays within the limits of WebGPU',
    (optimizer) => {
      for (const batchSize of [1, 33, 4096]) {
        stepDispatches(planTraining(everything, { batchSize, tuning, optimizer })).forEach(check);
      }
    },
  );

  it('questions do too', () => {
    const plan = planGradients(everything, { batchSize: 4096, tuning, training: true });
    [...plan.forward, ...plan.backward, plan.finish].forEach(check);
  });
});
