import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { presets } from '../model/presets';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { DEFAULT_SETTINGS } from '../model/settings';
import { createRandom } from '../random';
import { relativeError, tfjsBackward, useTfjs, type TfjsResult } from '../reference/tfjs.test-helper';
import type { BackwardResult, Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { generatedLike } from './digit-like.test-helper';

/** One engine is tuned for the adapter, the other as on a real GPU. */
let engines: Engine[];
beforeAll(async () => {
  await useTfjs();
  engines = [await createGpuEngine(navigator.gpu), await createGpuEngine(navigator.gpu, { tuneFor: 'hardware' })];
});
afterAll(() => {
  engines.forEach((engine) => engine.dispose());
  console.info(`worst relative error of WGSL against TensorFlow.js: ${worst.error.toExponential(1)} (${worst.what})`);
});
let worst = { error: 0, what: '' };

function expectClose(ours: Float32Array, theirs: Float32Array, what: string) {
  const error = relativeError(ours, theirs);
  if (error > worst.error) worst = { error, what };
  expect(error, what).toBeLessThan(1e-4);
}

describe.each(presets)('$spec.name in WGSL against TensorFlow.js', ({ spec }) => {
  const batch = 7;

  it('has the same outputs, loss, dX of every layer, dW and db', async () => {
    const model = resolveModel(spec);
    const weights = initialWeights(model, 3);
    const random = createRandom(batch, model.parameters);
    for (const { bias } of Object.values(weights)) bias?.data.forEach((_, i, data) => (data[i] = random.normal() / 10));
    const images = generatedLike(batch);
    const labels = Uint8Array.from({ length: batch }, () => random.integer(model.classes));
    const theirs = tfjsBackward(model, weights, images, labels);
    for (const engine of engines) {
      const network = await engine.createNetwork(model, weights, DEFAULT_SETTINGS);
      compare(await network.backward(images, labels, true), theirs, model);
      network.dispose();
    }
  });
});

function compare(ours: BackwardResult, theirs: TfjsResult, model: ResolvedModel): void {
  expect(Math.abs(ours.loss - theirs.loss) / theirs.loss).toBeLessThan(1e-4);
  theirs.layers.forEach((layer, l) => {
    const id = `${model.spec.name}, ${model.layers[l]!.id}`;
    expectClose(ours.outputs[l]!.data, layer.output, `${id} output`);
    for (const name of ['input', 'weight', 'bias', 'gamma', 'beta'] as const) {
      expect(ours.layers[l]![name] === undefined, `${id} has ${name}`).toBe(layer[name] === undefined);
      if (layer[name]) expectClose(ours.layers[l]![name]!.data, layer[name], `${id} dL/d${name}`);
    }
  });
}
