import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../model/explain/explain';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { createLayer } from '../../model/spec';
import { createRandom } from '../../random';
import type { Engine, ImagePass } from '../../backend/engine';
import { createGpuEngine } from '../../backend/webgpu/gpu-engine';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { customDataset } from '../../data/custom';
import { stripes } from '../session/session.test-helper';

const model = resolveModel({
  version: 1,
  name: 'inspected',
  input: [6, 6, 1],
  layers: [
    createLayer('conv2d', { filters: 5, activation: 'tanh' }),
    createLayer('batchNormalization'),
    createLayer('maxPool2d'),
    createLayer('flatten'),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
});
const weights = initialWeights(model, 4);
const random = createRandom(2);
const image = Float32Array.from({ length: 36 }, () => random.uniform());
const settings = { ...DEFAULT_SETTINGS, batchSize: 8 };

let gpu: Engine;
beforeAll(async () => {
  gpu = await createGpuEngine(navigator.gpu);
  await gpu.setDataset(customDataset(stripes()));
});
afterAll(() => gpu.dispose());

describe('one image looked at on the GPU', () => {
  it('is what the reference says, with a label and without', async () => {
    const [onGpu, onCpu] = await Promise.all(
      [gpu, createCpuEngine()].map((engine) => engine.createNetwork(model, weights, settings)),
    );
    for (const label of [1, null]) {
      const [mine, reference] = [await onGpu!.lookAt(image, label), await onCpu!.lookAt(image, label)];
      expect(mine.weights).toEqual(reference.weights);
      mine.outputs.forEach((output, l) => expectClose(output.data, reference.outputs[l]!.data));
      expect(mine.layers === null).toBe(label === null);
      mine.layers?.forEach((layer, l) => {
        expectClose(layer.input.data, reference.layers![l]!.input.data);
        expectClose(layer.output.data, reference.layers![l]!.output.data);
      });
    }
    onGpu!.dispose();
    onCpu!.dispose();
  });

  it('is of one moment while the network trains', async () => {
    const network = await gpu.createNetwork(model, weights, settings);
    network.setOrder(Uint32Array.from({ length: 48 }, (_, i) => i));
    const steps = Array.from({ length: 60 }, (_, i) => ({
      step: i + 1,
      offset: (i % 6) * 8,
      count: 8,
      learningRate: 0.05,
    }));
    const training = network.trainSteps(steps);
    const passes: ImagePass[] = [];
    for (let i = 0; i < 8; i++) passes.push(await network.lookAt(image, 1), await network.lookAt(image, null));
    await training;
    for (const { outputs, weights: used } of passes) {
      const tensors = {
        input: image,
        weights: { weight: used.conv2d_1!.weight!.data, bias: used.conv2d_1!.bias!.data },
      };
      outputs[0]!.data.forEach((y, element) =>
        expect(Math.abs(explain(model.layers[0]!, tensors, element).y - y)).toBeLessThan(1e-5),
      );
    }
    network.dispose();
  });

  it('names the kernels of a layer', async () => {
    const network = await gpu.createNetwork(model, weights, settings);
    const kernels = network.kernelsOf('conv2d_1');
    expect(kernels.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['forward', 'backward', 'update']));
    expect(network.kernelsOf('flatten_1')).toEqual([]);
    network.dispose();
  });
});

function expectClose(mine: Float32Array, reference: Float32Array): void {
  expect(mine.length).toBe(reference.length);
  mine.forEach((value, i) => expect(Math.abs(value - reference[i]!)).toBeLessThan(1e-5));
}
