import { describe, expect, it } from 'vitest';
import { generatedLike } from '../../backend/digit-like.test-helper';
import { initialWeights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import { presets } from '../../model/presets';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { BackwardResult, Network } from '../../backend/engine';
import { checkGradients, imagesToCheck } from './gradient-check';
import { faultsOf, verdictOf } from '../wire/gradient-faults';
import { smallResnet } from '../../backend/resnet.test-helper';

const LABELS = Uint8Array.of(3, 0, 7, 9);
const IMAGES = generatedLike(LABELS.length);

async function networkOf(model: ResolvedModel) {
  const weights = initialWeights(model, 1);
  return { weights, network: await createCpuEngine().createNetwork(model, weights, DEFAULT_SETTINGS) };
}

const modelOf = (id: string) => resolveModel(presets.find((preset) => preset.id === id)!.spec);

describe('gradient check', () => {
  it.each(presets.map(({ id }) => id))('finds the gradients of %s right', { timeout: 20_000 }, async (id) => {
    const model = modelOf(id);
    const { weights, network } = await networkOf(model);
    const checks = await checkGradients(model, weights, network, IMAGES, LABELS);
    expect(checks.map(({ layer, tensor }) => `${layer} ${tensor}`)).toEqual(
      model.layers.flatMap((layer) =>
        ['input', ...layer.weights.filter(isTrainable).map(({ name }) => name)].map(
          (tensor) => `${layer.id} ${tensor}`,
        ),
      ),
    );
    for (const { layer, tensor, relativeError, compared, skipped } of checks) {
      expect(relativeError, `${layer} ${tensor}`).toBeLessThan(1e-3);
      // The input of a pool after relu meets many kinks, because a window that holds only zeros
      // is a tie.
      const share = compared / (compared + skipped);
      expect(share, `${layer} ${tensor}`).toBeGreaterThanOrEqual(
        layer.startsWith('maxPool') && tensor === 'input' ? 0.2 : 0.8,
      );
    }
  });

  it.each<[string, string, (result: BackwardResult) => void]>([
    ['maxPool2d_1', 'input', ({ layers }) => layers[1]!.input.data.fill(0)],
    ['conv2d_1', 'weight', ({ layers }) => layers[0]!.weight!.data.reverse()],
    [
      'conv2d_1',
      'bias',
      ({ layers }) => layers[0]!.bias!.data.forEach((value, i, data) => (data[i] = value / LABELS.length)),
    ],
    ['conv2d_2', 'input', ({ layers }) => layers[2]!.input.data.forEach((value, i, data) => (data[i] = -value))],
    ['conv2d_2', 'weight', ({ layers }) => layers[2]!.weight!.data.fill(0.01, 5, 6)],
    ['dense_1', 'weight', ({ layers }) => layers[5]!.weight!.data.fill(NaN, 77, 78)],
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
    // These weights are so small that every relu of the first layer is within a step of its kink.
    for (const tensors of Object.values(weights))
      tensors.weight!.data.forEach((value, i, data) => (data[i] = value * 1e-7));
    network.setWeights(weights);
    const checks = await checkGradients(model, weights, network, IMAGES, LABELS);
    expect(checks[2]).toEqual({ layer: 'conv2d_1', tensor: 'bias', relativeError: NaN, compared: 0, skipped: 18 });
    expect(verdictOf(checks[2]!)).toBe('untested');
    expect(faultsOf(checks)).toEqual([]);
  });

  it('begins no further entry when the time is over, and says what it did not reach', async () => {
    const model = modelOf('logistic-regression');
    const { weights, network } = await networkOf(model);
    const checks = await checkGradients(model, weights, network, IMAGES, LABELS, { timeLimit: 0 });
    expect(checks.map(verdictOf)).toEqual(checks.map(() => 'unreached'));
    expect(checks[0]).toMatchObject({ relativeError: NaN, compared: 0, skipped: 0 });
  });

  it('tells how far it is, up to the end', async () => {
    const model = modelOf('logistic-regression');
    const { weights, network } = await networkOf(model);
    const seen: number[] = [];
    await checkGradients(model, weights, network, IMAGES, LABELS, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('follows batch normalization, dropout and skip connections', { timeout: 20_000 }, async () => {
    const { weights, network } = await networkOf(smallResnet);
    const started = performance.now();
    const checks = await checkGradients(smallResnet, weights, network, IMAGES, LABELS);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(checks.filter((check) => verdictOf(check) !== 'agrees')).toEqual([]);
  });

  it('finds a gradient wrong that should be 0 by construction', { timeout: 20_000 }, async () => {
    const { weights, network } = await networkOf(smallResnet);
    const wrong = withBackward(network, ({ layers }) => layers[0]!.bias!.data.fill(1e-3));
    const checks = await checkGradients(smallResnet, weights, wrong, IMAGES, LABELS, { entries: 2 });
    expect(faultsOf(checks)[0]).toMatchObject({ layer: 'conv2d_1', tensors: ['bias'] });
    expect(checks.filter((check) => verdictOf(check) === 'wrong')).toHaveLength(1);
  });

  it('sees a dropout that draws otherwise', { timeout: 20_000 }, async () => {
    const { weights, network } = await networkOf(smallResnet);
    const checks = await checkGradients(smallResnet, weights, network, IMAGES, LABELS, {
      seed: DEFAULT_SETTINGS.seed + 1,
      entries: 2,
    });
    expect(checks.some((check) => verdictOf(check) === 'wrong')).toBe(true);
  });

  it('takes fewer images for networks that cost more', () => {
    expect(imagesToCheck(modelOf('logistic-regression'))).toBe(4);
    const heavy = Array.from({ length: 12 }, () => ({ kind: 'conv2d', filters: 64, padding: 'same' }));
    const end = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];
    expect(imagesToCheck(resolveModel(parseModelSpec({ input: [32, 32, 3], layers: [...heavy, ...end] })))).toBe(2);
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
