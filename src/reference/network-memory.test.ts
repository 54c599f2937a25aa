import { describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { oddNetworks } from '../model/odd-networks.test-helper';
import { OPTIMIZERS, type OptimizerKind } from '../model/optimizers';
import { presets } from '../model/presets';
import { resolveModel } from '../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { sizeOf } from '../model/shape';
import { isTrainable } from '../model/layer-kind';
import { ReferenceNetwork } from './network';
import { networkMemory } from './network-memory';
import { float32 } from './numbers';
import { createOptimizer } from './optimizers';

const networks = [...presets.map(({ spec }) => [spec.name, resolveModel(spec)] as const), ...oddNetworks];

describe.each(networks)('the memory of %s', (_name, model) => {
  it.each([1, 5])('at a batch of %d is what a training step allocates', (batch) => {
    const network = new ReferenceNetwork(model, float32);
    network.setWeights(initialWeights(model, 1));
    network.mode = { training: true, seed: 0, step: 1 };
    network.backward(new Float32Array(batch * sizeOf(model.spec.input)), new Uint8Array(batch), batch);
    const estimated = Object.values<number>({ ...networkMemory(model, batch) }).reduce((sum, bytes) => sum + bytes);
    expect(estimated).toBe(network.bytes);
  });

  it.each(Object.keys(OPTIMIZERS) as OptimizerKind[])('counts the moments of %s', (kind) => {
    const { layers } = new ReferenceNetwork(model, float32);
    const tensors = layers.flatMap(({ layer, weights }) =>
      layer.weights.filter(isTrainable).map(({ name }) => weights[name]!),
    );
    const { optimizer } = changeSettings(DEFAULT_SETTINGS, { optimizer: { kind } });
    const { moments } = createOptimizer(optimizer, tensors, tensors, float32);
    const bytes = moments.flat().reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(4 * OPTIMIZERS[kind].moments * model.parameters).toBe(bytes);
  });
});
