import { describe, expect, it } from 'vitest';
import { generatedLike } from './digit-like.test-helper';
import { initialWeights } from '../model/initialize';
import { presets } from '../model/presets';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { DEFAULT_SETTINGS } from '../model/settings';
import { createCpuEngine } from './cpu-engine';
import type { BackwardResult, Network } from '../runtime/engine';
import { checkGradients } from './gradient-check';

const LABELS = Uint8Array.of(3, 0, 7, 9);
const IMAGES = generatedLike(LABELS.length);

async function networkOf(model: ResolvedModel) {
  const weights = initialWeights(model, 1);
  return { weights, network: await createCpuEngine().createNetwork(model, weights, DEFAULT_SETTINGS) };
}

const modelOf = (id: string) => resolveModel(presets.find((preset) => preset.id === id)!.spec);

describe('gradient check', () => {
  it.each(presets.map(({ id }) => id))('finds the gradients of %s right, within ten seconds', { timeout: 20_000 }, async (id) => {
    const model = modelOf(id);
    const { weights, network } = await networkOf(model);
    const started = performance.now();
    const checks = await checkGradients(model, weights, network, IMAGES, LABELS);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(checks.map(({ layer, tensor }) => `${layer} ${tensor}`)).toEqual(
      model.layers.flatMap((layer) => ['input', ...layer.weights.map(({ name }) => name)].map((tensor) => `${layer.id} ${tensor}`)),
    );
    for (const { layer, tensor, relativeError, compared, skipped } of checks) {
      expect(relativeError, `${layer} ${tensor}`).toBeLessThan(1e-3);
      // What meets many kinks is the input of a pool after relu: windows of nothing but zeros are ties.
      const share = compared / (compared + skipped);
      expect(share, `${layer} ${tensor}`).toBeGreaterThanOrEqual(layer.startsWith('maxPool') && tensor === 'input' ? 0.2 : 0.8);
    }
  });

  it.each<[string, string, (result: BackwardResult) => void]>([
    ['maxPool2d_1', 'input', ({ layers }) => layers[1].input.data.fill(0)],
    ['conv2d_1', 'weight', ({ layers }) => layers[0].weight!.data.reverse()],
    ['conv2d_1', 'bias', ({ layers }) => layers[0].bias!.data.forEach((value, i, data) => (data[i] = value / LABELS.length))],
    ['conv2d_2', 'input', ({ layers }) => layers[2].input.data.forEach((value, i, data) => (data[i] = -value))],
    ['conv2d_2', 'weight', ({ layers }) => layers[2].weight!.data.fill(0.01, 5, 6)],
    ['dense_1', 'weight', ({ layers }) => layers[5].weight!.data.fill(NaN, 77, 78)],
  ])('names %s %s when only that gradient is wrong', async (layer, tensor, spoil) => {
    const model = modelOf('neural-fortran-cnn-mnist');
    const { weights, network } = await networkOf(model);
    const wrong = withBackward(network, spoil);
    const checks = await checkGradients(model, weights, wrong, IMAGES, LABELS);
    for (const check of checks) {
      const spoiled = check.layer === layer && check.tensor === tensor;
      if (spoiled) expect(check.relativeError).toBeGreaterThan(0.1);
      else expect(check.relativeError, `${check.layer} ${check.tensor}`).toBeLessThan(1e-3);
    }
  });

  it('is the same with the same seed', async () => {
    const model = modelOf('logistic-regression');
    const { weights, network } = await networkOf(model);
    const first = await checkGradients(model, weights, network, IMAGES, LABELS, { seed: 4 });
    expect(await checkGradients(model, weights, network, IMAGES, LABELS, { seed: 4 })).toEqual(first);
  });

  it('leaves entries on a kink out and counts them', async () => {
    const model = modelOf('neural-fortran-cnn-mnist');
    const { weights, network } = await networkOf(model);
    // Weights so small that every relu of the first layer is within a step of its kink.
    for (const tensors of Object.values(weights)) tensors.weight!.data.forEach((value, i, data) => (data[i] = value * 1e-7));
    network.setWeights(weights);
    const [, , bias] = await checkGradients(model, weights, network, IMAGES, LABELS);
    expect(bias).toMatchObject({ layer: 'conv2d_1', tensor: 'bias', compared: 0, skipped: 18 });
  });
});

/** The same network with a backward pass that gets something wrong. */
function withBackward(network: Network, spoil: (result: BackwardResult) => void): Network {
  const wrong = Object.create(network) as Network;
  wrong.backward = async (images, labels) => {
    const result = await network.backward(images, labels, true);
    spoil(result);
    return result;
  };
  return wrong;
}
