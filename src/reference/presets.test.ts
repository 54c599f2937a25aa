import { beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { isTrainable } from '../model/layer-kind';
import { sizeOf } from '../model/shape';
import { presets } from '../model/presets';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { createLayer, type ModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { ReferenceNetwork } from './network';
import { float32 } from './numbers';
import { relativeError, tfjsBackward, useTfjs } from './tfjs.test-helper';

const TOLERANCE = 1e-4;

/**
 * Cases that no preset has: strides and kernels that are not square, overlapping `same` pooling,
 * sigmoid, three channels.
 */
const corners: ModelSpec = {
  version: 1,
  name: 'corners',
  input: [13, 17, 3],
  layers: [
    createLayer('conv2d', { filters: 5, kernelSize: [3, 2], strides: [1, 2], padding: 'same', activation: 'sigmoid' }),
    createLayer('maxPool2d', { poolSize: [3, 2], strides: [2, 1], padding: 'same' }),
    createLayer('conv2d', { filters: 6, kernelSize: [2, 5], strides: [2, 1], useBias: false }),
    createLayer('activation', { activation: 'tanh' }),
    createLayer('flatten'),
    createLayer('dense', { units: 7, useBias: false, activation: 'relu' }),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};

beforeAll(useTfjs);

describe.each([...presets.map(({ spec }) => spec), corners])('$name against TensorFlow.js', (spec) => {
  const model = resolveModel(spec);
  it.each([1, 7])('outputs, loss, dX of every layer, dW and db at batch %i', (batch) => {
    const { images, labels, weights } = sample(model, batch);
    const mode = { training: true, seed: 1, step: 1 };
    const expected = tfjsBackward(model, weights, images, labels, mode);
    const network = new ReferenceNetwork(model, float32);
    network.setWeights(weights);
    network.mode = mode;
    const { loss } = network.backward(images, labels, batch, true);
    expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(TOLERANCE);
    network.layers.forEach(({ layer, output, gradients }, l) => {
      const input = l === 0 ? network.inputGradient : network.layers[l - 1]!.nextInputGradient;
      const check = (what: string, actual: Float32Array | undefined, wanted: Float32Array | undefined) => {
        if (actual && wanted) expect(relativeError(actual, wanted), `${layer.id} ${what}`).toBeLessThan(TOLERANCE);
        else expect(actual, `${layer.id} ${what}`).toBe(wanted);
      };
      check('output', output, expected.layers[l]!.output);
      check('dX', input, expected.layers[l]!.input);
      for (const { name } of layer.weights.filter(isTrainable))
        check(`dL/d${name}`, gradients[name], expected.layers[l]![name]);
    });
  });
});

/**
 * Images with a blank border, as digits have, so that max-pooling meets ties. The biases are not
 * zero.
 */
function sample(model: ResolvedModel, batch: number) {
  const random = createRandom(batch, model.parameters);
  const [height, width, channels] = model.spec.input;
  const images = new Float32Array(batch * sizeOf(model.spec.input)).map((_, i) => {
    const [y, x] = [Math.floor(i / channels / width) % height, Math.floor(i / channels) % width];
    const border = y < 4 || x < 4 || y >= height - 4 || x >= width - 4;
    return border ? 0 : random.integer(256) / 255;
  });
  const labels = new Uint8Array(batch).map(() => random.integer(model.classes));
  const weights = initialWeights(model, 3);
  for (const tensors of Object.values(weights))
    tensors.bias?.data.forEach((_, i, data) => (data[i] = 0.1 * random.normal()));
  return { images, labels, weights };
}
