import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../at';
import { customDataset } from '../data/custom';
import { initialWeights } from '../model/initialize';
import { presets } from '../model/presets';
import { resolveModel } from '../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec, type ModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { relativeError } from '../reference/tfjs.test-helper';
import type { Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';
import { createCpuEngine } from './cpu/cpu-engine';

/**
 * A training step takes a short cut that questions about gradients do not take: if the windows of a
 * pooling do not overlap, the pooling also takes the gradient through the activation before it. So
 * this test compares the gradients and norms of the step separately.
 */
const small = (name: string, layers: object[], input = [9, 11, 2]): ModelSpec =>
  parseModelSpec({
    name,
    input,
    layers: [...layers, { kind: 'flatten' }, { kind: 'dense', units: 3, activation: 'softmax' }],
  });
const conv = (activation: string, filters = 5) => ({ kind: 'conv2d', filters, padding: 'same', activation });

const specs: ModelSpec[] = [
  ...['relu', 'sigmoid', 'tanh', 'leakyRelu', 'elu', 'gelu', 'silu', 'linear'].map((activation) =>
    small(`${activation} before pooling`, [
      conv(activation),
      { kind: 'maxPool2d' },
      conv(activation, 4),
      { kind: 'maxPool2d' },
    ]),
  ),
  small('windows with gaps', [conv('tanh'), { kind: 'maxPool2d', poolSize: [2, 1], strides: [3, 4] }]),
  small('windows with padding', [
    conv('relu', 6),
    { kind: 'maxPool2d', poolSize: [2, 3], strides: [2, 3], padding: 'same' },
  ]),
  small('windows that overlap', [
    conv('relu', 6),
    { kind: 'maxPool2d', poolSize: [3, 3], strides: [2, 2], padding: 'same' },
  ]),
  small(
    'windows of more cells than a byte can tell',
    [conv('tanh', 3), { kind: 'maxPool2d', poolSize: [17, 16] }],
    [17, 32, 1],
  ),
  small('a skip from before a pooling', [
    conv('tanh'),
    { kind: 'maxPool2d', poolSize: [1, 1] },
    { kind: 'add', from: 'conv2d_1' },
    { kind: 'maxPool2d' },
  ]),
  ...presets.map(({ spec }) => spec),
  ...[[], [{ kind: 'batchNormalization', scale: false, center: false }]].map((layers) =>
    parseModelSpec({
      name: `nothing to train, ${layers.length} layers before the pooling`,
      input: [2, 2, 3],
      layers: [...layers, { kind: 'averagePooling2d' }, { kind: 'flatten' }],
    }),
  ),
];

const COUNT = 11;
let gpu: Engine[];
const cpu = createCpuEngine();
beforeAll(async () => {
  gpu = [await createGpuEngine(navigator.gpu), await createGpuEngine(navigator.gpu, { tuneFor: 'hardware' })];
});
afterAll(() => gpu.forEach((engine) => engine.dispose()));

describe('a training step', () => {
  it.each(specs)('of $name has the gradients and norms of the reference', async (spec) => {
    const model = resolveModel(spec);
    const [height, width, channels] = spec.input;
    const random = createRandom(8);
    const images = Uint8Array.from({ length: COUNT * height * width * channels }, () => random.integer(256));
    const labels = Uint8Array.from({ length: COUNT }, () => random.integer(model.classes));
    const { classes } = model;
    const dataset = customDataset({
      height,
      width,
      channels,
      classes,
      images,
      labels,
      testImages: images,
      testLabels: labels,
    });
    // There are fewer images than rows in the batch, so the rest is padding.
    const settings = changeSettings(DEFAULT_SETTINGS, { batchSize: COUNT + 2, optimizer: { kind: 'sgd' } });
    const results = [];
    for (const engine of [cpu, ...gpu]) {
      await engine.setDataset(dataset);
      const network = await engine.createNetwork(model, initialWeights(model, 5), settings);
      network.setOrder(Uint32Array.from({ length: COUNT }, (_, i) => i));
      const records = await network.trainSteps([{ step: 1, offset: 0, count: COUNT, learningRate: 0.1 }]);
      const { norms } = at(records, 0);
      results.push({ norms, gradients: await network.getGradients() });
      network.dispose();
    }
    const [theirs, ...ours] = results;
    for (const { norms, gradients } of ours) {
      norms.forEach((norm, i) => expect(norm, `norm ${i}`).toBeCloseTo(theirs!.norms[i]!, 4));
      for (const [layer, tensors] of Object.entries(theirs!.gradients)) {
        for (const [name, { data }] of Object.entries(tensors)) {
          const own = gradients[layer]![name as keyof typeof tensors]!.data;
          expect(relativeError(own, data), `${layer} ${name}`).toBeLessThan(1e-4);
        }
      }
    }
  });
});
