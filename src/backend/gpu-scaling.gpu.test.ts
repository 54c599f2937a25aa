import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../data/custom';
import { initialWeights, type Weights } from '../model/initialize';
import { scalePixels, type InputScaling } from '../model/input-scaling';
import { resolveModel } from '../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import { createCpuEngine } from './cpu/cpu-engine';
import type { Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { shaderSources } from './webgpu/shaders';

/** 45 bytes to an image, which are no whole number of words; the last batch has 2 of 17 images. */
const [HEIGHT, WIDTH, CHANNELS, COUNT, BATCH] = [5, 3, 3, 17, 5];
const SIZE = HEIGHT * WIDTH * CHANNELS;

const SCALINGS: InputScaling[] = [
  'unit',
  'bytes',
  'signed',
  { mean: [0.49, 0.48, 0.45], std: [0.25, 0.24, 0.26] },
  { mean: [0.3, 0.3, 0.3], std: [0.2, 0.2, 0.2] },
];

const random = createRandom(8);
const bytes = Uint8Array.from({ length: COUNT * SIZE }, () => random.integer(256));
const labels = Uint8Array.from({ length: COUNT }, () => random.integer(3));
const pixels = Float32Array.from(bytes, (byte) => byte / 255);
const images = { height: HEIGHT, width: WIDTH, channels: CHANNELS, classes: 3, images: bytes, labels };
const dataset = customDataset({ ...images, testImages: bytes, testLabels: labels });

const modelOf = (inputScaling: InputScaling, layers: object[]) =>
  resolveModel(parseModelSpec({ input: [HEIGHT, WIDTH, CHANNELS], inputScaling, layers }));

/** Puts out its input: each unit has the weight 1 for one number of it, and 0 for the others. */
function mirror(inputScaling: InputScaling) {
  const model = modelOf(inputScaling, [{ kind: 'flatten' }, { kind: 'dense', units: SIZE, useBias: false }]);
  const data = Float32Array.from({ length: SIZE * SIZE }, (_, i) => Number(i % SIZE === Math.floor(i / SIZE)));
  const weights: Weights = { dense_1: { weight: { shape: [SIZE, SIZE], data } } };
  return { model, weights };
}

const ROWS = Uint32Array.from({ length: COUNT }, (_, i) => i);

let gpu: Engine;
const cpu = createCpuEngine();
beforeAll(async () => {
  gpu = await createGpuEngine(navigator.gpu);
  await Promise.all([gpu, cpu].map((engine) => engine.setDataset(dataset)));
});
afterAll(() => gpu.dispose());

describe.each(SCALINGS)('the input scaled by %j', (scaling) => {
  it('is the formula on both backends, from bytes of the data set and from given images', async () => {
    const { model, weights } = mirror(scaling);
    const expected = scalePixels(model.spec, pixels);
    for (const engine of [gpu, cpu]) {
      const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: BATCH });
      const gathered = await network.evaluate('train', ROWS);
      if (scaling === 'bytes' && engine.software) expect(gathered).toEqual(expected);
      expect(relativeError(gathered, expected)).toBeLessThan(1e-6);
      const { outputs } = await network.forward(pixels);
      expect(outputs.at(-1)!.data).toEqual(expected);
      const { outputs: seen } = await network.lookAt(pixels.subarray(0, SIZE), null);
      expect(seen.at(-1)!.data).toEqual(expected.subarray(0, SIZE));
      network.dispose();
    }
  });

  it('trains to the same losses, gradients and weights on both backends', async () => {
    const model = modelOf(scaling, [
      { kind: 'conv2d', filters: 4, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ]);
    const weights = initialWeights(model, 2);
    const settings = changeSettings(DEFAULT_SETTINGS, {
      batchSize: BATCH,
      optimizer: { kind: 'adam', learningRate: 1e-3 },
    });
    const steps = Array.from({ length: 5 }, (_, i) => {
      const offset = (i % 4) * BATCH;
      return { step: i + 1, offset, count: Math.min(BATCH, COUNT - offset), learningRate: 1e-3 };
    });
    const train = async (engine: Engine) => {
      const network = await engine.createNetwork(model, weights, settings);
      network.setOrder(Uint32Array.from({ length: COUNT }, (_, i) => (7 * i) % COUNT));
      const results = await network.trainSteps(steps);
      const [after, gradients] = [await network.getWeights(), await network.getGradients()];
      const back = await network.backward(pixels.subarray(0, 4 * SIZE), labels.subarray(0, 4), true);
      network.dispose();
      return { results, after, gradients, back };
    };
    const [ours, theirs] = [await train(gpu), await train(cpu)];
    ours.results.forEach(({ loss }, i) => expect(relativeError([loss], [theirs.results[i]!.loss])).toBeLessThan(1e-4));
    for (const layer of ['conv2d_1', 'dense_1'] as const) {
      for (const name of ['weight', 'bias'] as const) {
        const of = (found: Weights) => found[layer]![name]!.data;
        expect(relativeError(of(ours.gradients), of(theirs.gradients)), `${layer} ${name}`).toBeLessThan(1e-3);
        expect(relativeError(of(ours.after), of(theirs.after)), `${layer} ${name}`).toBeLessThan(1e-3);
      }
    }
    expect(relativeError(ours.back.layers[0]!.input.data, theirs.back.layers[0]!.input.data)).toBeLessThan(1e-3);
  });
});

it('has the bits of byte / 255 by default', async () => {
  const source = shaderSources.gather!.replace('(f32(byte) - mean) / deviation', 'f32(byte) / 255.0');
  expect(source).not.toBe(shaderSources.gather);
  const plain = await createGpuEngine(navigator.gpu, { sources: { gather: source } });
  await plain.setDataset(dataset);
  const { model, weights } = mirror('unit');
  const gathered = async (engine: Engine) => {
    const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: BATCH });
    return network.evaluate('train', ROWS);
  };
  expect(await gathered(gpu)).toEqual(await gathered(plain));
  expect(await gathered(cpu)).toEqual(pixels);
  plain.dispose();
});
