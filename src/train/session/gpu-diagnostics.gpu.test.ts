import { expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createGpuEngine } from '../../backend/webgpu/gpu-engine';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { LayerDiagnostics } from '../wire/protocol';
import { createTestSession, stripes, tinySettings } from './session.test-helper';

/**
 * Odd sizes, every activation whose flat parts are counted, a layer with running averages, and
 * branches.
 */
const model: ModelSpec = {
  version: 1,
  name: 'odd',
  input: [6, 6, 1],
  layers: [
    createLayer('conv2d', { filters: 5, kernelSize: [3, 2], padding: 'same', activation: 'relu' }),
    createLayer('batchNormalization'),
    createLayer('conv2d', { filters: 5, kernelSize: [1, 3], padding: 'same', activation: 'tanh' }),
    createLayer('add', { from: 'batchNormalization_1' }),
    createLayer('maxPool2d', { poolSize: [2, 3] }),
    createLayer('flatten'),
    createLayer('dense', { units: 7, activation: 'sigmoid' }),
    createLayer('activation', { activation: 'elu' }),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};

const STEPS = 3;

async function looksOn(backend: 'webgpu' | 'cpu'): Promise<LayerDiagnostics[][]> {
  const { session, request, eventsOf } = createTestSession({
    factories: { webgpu: () => createGpuEngine(navigator.gpu), cpu: async () => createCpuEngine() },
  });
  await request('start', { backend });
  await request('configure', { settings: tinySettings });
  await request('setDataset', { dataset: stripes() });
  await request('setModel', { model });
  for (let step = 0; step < STEPS; step++) await request('train', { steps: 1 });
  session.host.engine.dispose();
  return eventsOf('diagnostics').map(({ layers }) => layers);
}

const FIGURES = [
  'weightNorm',
  'gradientNorm',
  'updateNorm',
  'activationMean',
  'activationStd',
  'deadUnits',
  'saturated',
] as const;

it('sees on the GPU what it sees on the reference', async () => {
  const [gpu, cpu] = [await looksOn('webgpu'), await looksOn('cpu')];
  expect(gpu).toHaveLength(STEPS);
  gpu.forEach((layers, step) => {
    layers.forEach((layer, l) => {
      const expected = cpu[step]![l];
      expect(layer.layer).toBe(expected!.layer);
      for (const figure of FIGURES) {
        const [seen, wanted] = [layer[figure], expected![figure]];
        if (wanted === null) expect(seen).toBeNull();
        else
          expect(Math.abs(seen! - wanted) / (Math.abs(wanted) + 1e-3), `${layer.layer} ${figure}`).toBeLessThan(1e-3);
      }
      expect(layer.tensors.map(({ name }) => name)).toEqual(expected!.tensors.map(({ name }) => name));
      layer.tensors.forEach(({ weights, gradients }, t) => {
        expect(weights.mean).toBeCloseTo(expected!.tensors[t]!.weights.mean, 5);
        expect(gradients.std).toBeCloseTo(expected!.tensors[t]!.gradients.std, 5);
      });
    });
  });
  // Some outputs are flat and some are not.
  const flat = gpu.flat().flatMap(({ saturated }) => (saturated === null ? [] : [saturated]));
  expect(Math.max(...flat)).toBeGreaterThan(0);
  expect(Math.min(...flat)).toBeLessThan(1);
});
