import { describe, expect, it } from 'vitest';
import { presets } from '../model/presets';
import { resolveModel } from '../model/resolve';
import { sizeOf } from '../model/shape';
import { initialWeights } from '../model/initialize';
import { ReferenceNetwork } from './network';
import { networkMemory } from './network-memory';
import { float32 } from './numbers';

describe.each(presets)('the memory of $spec.name', ({ spec }) => {
  it.each([1, 5])('at a batch of %d is what a training step allocates, to a hundredth', (batch) => {
    const model = resolveModel(spec);
    const network = new ReferenceNetwork(model, float32);
    network.setWeights(initialWeights(model, 1));
    network.mode = { training: true, seed: 0, step: 1 };
    network.backward(new Float32Array(batch * sizeOf(spec.input)), new Uint8Array(batch), batch);
    const estimated = Object.values<number>({ ...networkMemory(model, batch) }).reduce((sum, bytes) => sum + bytes);
    expect(estimated / network.bytes).toBeGreaterThan(0.99);
    expect(estimated / network.bytes).toBeLessThanOrEqual(1);
  });
});
