import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../model/activations';
import { explain } from '../model/explain/explain';
import { factorsOf, placeOf, winnerOf, winnersOf } from '../model/explain/factors';
import { initialWeights } from '../model/initialize';
import { layerKinds } from '../model/layers';
import { resolveModel } from '../model/resolve';
import { createLayer, type ModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { ReferenceNetwork } from './network';
import { float32 } from './numbers';

const layers: ModelSpec['layers'] = [
  createLayer('conv2d', { filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'leakyRelu' }),
  createLayer('batchNormalization'),
  createLayer('maxPool2d', { poolSize: [3, 2], strides: [1, 1], padding: 'same' }),
  createLayer('depthwiseConv2d', { depthMultiplier: 2, kernelSize: [2, 2], activation: 'tanh' }),
  createLayer('conv2d', { filters: 3, kernelSize: [2, 2], dilationRate: [1, 2], useBias: false, activation: 'gelu' }),
  createLayer('dropout'),
  createLayer('zeroPadding2d'),
  createLayer('averagePooling2d', { poolSize: [2, 2], padding: 'same' }),
  createLayer('activation', { activation: 'silu' }),
  createLayer('conv2d', { filters: 3, kernelSize: [3, 3], padding: 'same', activation: 'elu' }),
  createLayer('add', { from: 'activation_1' }),
  createLayer('reshape', { targetShape: [-1, 3, 3] }),
  createLayer('globalAveragePooling2d'),
  createLayer('flatten'),
  createLayer('dense', { units: 20, activation: 'sigmoid' }),
  createLayer('dense', { units: 5, activation: 'softmax' }),
];
const model = resolveModel({ version: 1, name: 'all kinds', input: [13, 12, 2], layers });

describe('what is said of every number of every layer', () => {
  const random = createRandom(5);
  const weights = initialWeights(model, 2);
  for (const layer of Object.values(weights))
    for (const { data } of Object.values(layer)) data.forEach((w, i) => (data[i] = w + 0.3 * random.uniform()));
  const image = Float32Array.from({ length: 13 * 12 * 2 }, () => random.uniform());
  const network = new ReferenceNetwork(model, float32);
  network.setWeights(weights);
  network.forward(image, 1);
  const outputs = network.layers.map(({ output }) => output);
  const tensorsOf = (l: number) => ({
    input: l === 0 ? image : outputs[l - 1]!,
    skip: model.layers[l]!.skipFrom === undefined ? undefined : outputs[model.layers[l]!.skipFrom],
    weights: network.layers[l]!.weights,
  });

  it('covers every kind of layer', () => {
    expect(new Set(layers.map(({ kind }) => kind))).toEqual(new Set(Object.keys(layerKinds)));
  });

  it.each(model.layers.map((layer, l) => [layer.id, l] as const))('%s: equals what the layer computes', (_id, l) => {
    for (let element = 0; element < outputs[l]!.length; element++) {
      const { y } = explain(model.layers[l]!, tensorsOf(l), element);
      expect(Math.abs(y - outputs[l]![element]!), `[${element}]`).toBeLessThan(1e-5);
    }
  });

  it('a pooling names the cell that won', () => {
    const pool = model.layers[2];
    const { input } = tensorsOf(2);
    const winners = winnersOf(pool!, input)!;
    for (let element = 0; element < outputs[2]!.length; element++) {
      const winner = winnerOf(factorsOf(pool!, tensorsOf(2), element, placeOf(pool!, element).unit))!;
      expect(input[winner.index]!).toBe(outputs[2]![element]);
      expect(winners[element]).toBe(winner.index);
    }
  });
});

it.each(ACTIVATIONS)('%s of one number is what the layer applies', (activation) => {
  const last = activation === 'softmax';
  const spec: ModelSpec = {
    version: 1,
    name: activation,
    input: [1, 1, 7],
    layers: [createLayer('flatten'), createLayer('dense', { units: 7, activation, kernelInitializer: 'zeros' })],
  };
  const only = resolveModel(last ? spec : { ...spec, layers: [...spec.layers, createLayer('dense', { units: 2 })] });
  const network = new ReferenceNetwork(only, float32);
  network.layers[1]!.weights.bias!.set([-30, -3, -0.4, 0, 0.4, 3, 30]);
  network.forward(new Float32Array(7), 1);
  const { weights, output } = network.layers[1]!;
  output.forEach((y, unit) =>
    expect(explain(only.layers[1]!, { input: new Float32Array(7), weights }, unit).y).toBeCloseTo(y, 6),
  );
});
