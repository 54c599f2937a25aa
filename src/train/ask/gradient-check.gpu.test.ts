import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import type { InputScaling } from '../../model/input-scaling';
import { presets } from '../../model/presets';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createGpuEngine } from '../../backend/webgpu/gpu-engine';
import { shaderSources } from '../../backend/webgpu/shaders';
import { generatedLike } from '../../backend/digit-like.test-helper';
import { checkGradients, imagesToCheck } from './gradient-check';
import { faultsOf, verdictOf } from '../wire/gradient-faults';
import { smallResnet } from '../../backend/resnet.test-helper';

const SEED = 3;

/** @param sources shaders that replace the correct ones */
async function checkOnGpu(model: ResolvedModel, sources: Record<string, string> = {}) {
  const engine = await createGpuEngine(navigator.gpu, { tuneFor: 'hardware', sources });
  try {
    const weights = initialWeights(model, SEED);
    const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: 4, seed: SEED });
    const count = imagesToCheck(model);
    const labels = Uint8Array.from({ length: count }, (_, i) => (3 * i + 1) % 10);
    return await checkGradients(model, weights, network, generatedLike(count), labels, { seed: SEED });
  } finally {
    engine.dispose();
  }
}

/** A shader in which a wrong line replaces the right one. */
function broken(shader: string, right: string, wrong: string): Record<string, string> {
  const source = shaderSources[shader];
  expect(source!.split(right), `${shader}: ${right}`).toHaveLength(2);
  return { [shader]: source!.replace(right, wrong) };
}

const kindIn = (id: string) => id.split('_')[0];

describe('gradient check of WGSL', { timeout: 60_000 }, () => {
  const networks = [
    ...presets.map(({ id, spec }) => [id, resolveModel(spec)] as const),
    ['a small ResNet', smallResnet] as const,
  ];

  it.each(networks)('finds nothing wrong with %s', async (_name, model) => {
    const results = await checkOnGpu(model);
    expect(results.filter((result) => verdictOf(result) !== 'agrees')).toEqual([]);
    expect(faultsOf(results)).toEqual([]);
  });

  it('finds nothing wrong where the network is sure of the right class', async () => {
    const model = resolveModel(
      parseModelSpec({
        input: [28, 28, 1],
        layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }],
      }),
    );
    const weights = initialWeights(model, SEED);
    weights.dense_1!.weight!.data.forEach((value, i, data) => (data[i] = 12 * value));
    const engine = await createGpuEngine(navigator.gpu);
    const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: 4, seed: SEED });
    const images = generatedLike(4);
    const scores = (await network.forward(images)).outputs.at(-1)!.data;
    const labels = Uint8Array.from({ length: 4 }, (_, image) => {
      const row = [...scores.subarray(10 * image, 10 * image + 10)];
      return row.indexOf(Math.max(...row));
    });
    const results = await checkGradients(model, weights, network, images, labels, { seed: SEED });
    engine.dispose();
    expect(results.filter((result) => verdictOf(result) !== 'agrees')).toEqual([]);
  });

  it.each<InputScaling>(['bytes', 'signed', { mean: [0.13], std: [0.31] }])(
    'finds nothing wrong with the input scaled by %j',
    async (inputScaling) => {
      const spec = presets.find(({ id }) => id === 'neural-fortran-cnn-mnist')!.spec;
      expect(faultsOf(await checkOnGpu(resolveModel({ ...spec, inputScaling })))).toEqual([]);
    },
  );

  const conv = { kind: 'conv2d', filters: 6, padding: 'same', activation: 'relu' };
  const network = resolveModel(
    parseModelSpec({
      input: [28, 28, 1],
      layers: [
        conv,
        { kind: 'maxPool2d', poolSize: [2, 2], strides: [1, 1] },
        { kind: 'conv2d', filters: 5, kernelSize: [3, 2], strides: [2, 2] },
        { kind: 'batchNormalization' },
        { kind: 'activation', activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
    }),
  );

  it.each<[string, string, string[], Record<string, string>]>([
    [
      'a convolution that does not turn its kernel round for dL/dx',
      'conv2d_2',
      ['input'],
      broken('conv2d', 'let w = (ky * KW + kx) * C * F;', 'let w = ((KH - 1u - ky) * KW + KW - 1u - kx) * C * F;'),
    ],
    [
      'a convolution that takes rows for columns in dL/dw',
      'conv2d_2',
      ['weight'],
      broken('conv2d', '(tap.x * i32(W) + tap.y) * i32(C)', '(tap.y * i32(W) + tap.x) * i32(C)'),
    ],
    [
      // Not `biasSum = g`: a real GPU takes one image per part, where that is no fault.
      'a dense layer that halves the gradient of its bias',
      'dense_1',
      ['bias'],
      broken('dense', 'biasSum += g;', 'biasSum += 0.5 * g;'),
    ],
    [
      'a pooling whose overlapping windows do not add up',
      'maxPool2d_1',
      ['input'],
      broken('max-pool2d', 'sum += select(vec4f(), gradients4', 'sum = select(sum, gradients4'),
    ],
    [
      'a batch normalization that takes the statistics for constants',
      'batchNormalization_1',
      ['input'],
      broken('batch-normalization', 'factor * (dy[i] - meanDy - (x[i] - center) * slope)', 'factor * dy[i]'),
    ],
  ])('catches %s, and names it', async (_name, layer, tensors, sources) => {
    const results = await checkOnGpu(network, sources);
    expect(faultsOf(results)[0]).toMatchObject({ layer, tensors });
    // Gradients that are computed from a wrong dL/dx are wrong too. All gradients between the
    // faulty layer and the loss are right.
    const reliable = tensors.includes('input')
      ? results.slice(results.findIndex((result) => result.layer === layer))
      : results;
    for (const result of reliable) {
      // Other layers of the kind run the same broken shader.
      const wrong = kindIn(result.layer) === kindIn(layer) && tensors.includes(result.tensor);
      expect(verdictOf(result), `${result.layer} ${result.tensor}`).toBe(wrong ? 'wrong' : 'agrees');
      if (wrong) expect(result.relativeError).toBeGreaterThan(0.1);
    }
  });
});
