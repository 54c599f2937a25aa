import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import type { LayerKindName } from '../model/layers';
import { layerKinds } from '../model/layers';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { DEFAULT_SETTINGS } from '../model/settings';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { createCpuEngine } from './cpu/cpu-engine';
import type { BackwardResult, Engine } from './engine';
import { createGpuEngine } from './webgpu/gpu-engine';

/**
 * Odd sizes on purpose: channels that do not fill a vec4, strides that do not divide, windows that
 * overlap or stick out.
 */
const cases: Record<LayerKindName, { input: [number, number, number]; layers: object[]; training?: boolean }[]> = {
  conv2d: [
    {
      input: [7, 9, 3],
      layers: [
        { kind: 'conv2d', filters: 5, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' },
      ],
    },
    { input: [6, 5, 1], layers: [{ kind: 'conv2d', filters: 1, kernelSize: [1, 1], useBias: false }] },
    {
      input: [11, 8, 2],
      layers: [
        { kind: 'conv2d', filters: 9, kernelSize: [5, 3], strides: [3, 2], padding: 'valid', activation: 'tanh' },
      ],
    },
    {
      input: [5, 5, 12],
      layers: [
        { kind: 'conv2d', filters: 33, kernelSize: [3, 3], strides: [1, 2], padding: 'same', activation: 'relu' },
      ],
    },
    { input: [6, 4, 17], layers: [{ kind: 'conv2d', filters: 16, kernelSize: [2, 3] }] },
    {
      input: [5, 5, 8],
      layers: [
        { kind: 'conv2d', filters: 16, kernelSize: [3, 3], padding: 'same', useBias: false, activation: 'sigmoid' },
      ],
    },
    {
      input: [4, 4, 3],
      layers: [{ kind: 'conv2d', filters: 4, kernelSize: [7, 7], strides: [2, 3], padding: 'same' }],
    },
    {
      input: [9, 7, 2],
      layers: [
        { kind: 'conv2d', filters: 6, kernelSize: [3, 3], strides: [4, 5], activation: 'relu' },
        { kind: 'conv2d', filters: 11, kernelSize: [1, 1], activation: 'sigmoid' },
      ],
    },
    // Rows that end within a strip of 7, kernels that end within a block of 3 columns.
    { input: [5, 15, 3], layers: [{ kind: 'conv2d', filters: 5, padding: 'same', activation: 'relu' }] },
    {
      input: [8, 8, 9],
      layers: [{ kind: 'conv2d', filters: 17, kernelSize: [5, 5], padding: 'same', activation: 'tanh' }],
    },
    { input: [12, 9, 1], layers: [{ kind: 'conv2d', filters: 16, activation: 'relu' }] },
    {
      input: [9, 8, 2],
      layers: [{ kind: 'conv2d', filters: 9, kernelSize: [3, 4], strides: [2, 1], padding: 'same' }],
    },
    {
      input: [10, 7, 2],
      layers: [{ kind: 'conv2d', filters: 8, kernelSize: [2, 3], dilationRate: [3, 1], useBias: false }],
    },
    { input: [3, 3, 8], layers: [{ kind: 'conv2d', filters: 8, kernelSize: [7, 7], padding: 'same' }] },
    {
      input: [6, 11, 3],
      layers: [{ kind: 'conv2d', filters: 5, kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same' }],
    },
    { input: [9, 9, 10], layers: [{ kind: 'conv2d', filters: 20, dilationRate: [2, 2], activation: 'relu' }] },
  ],
  maxPool2d: [
    { input: [7, 9, 5], layers: [{ kind: 'maxPool2d' }] },
    { input: [7, 6, 3], layers: [{ kind: 'maxPool2d', poolSize: [3, 2], strides: [1, 1] }] },
    { input: [5, 8, 6], layers: [{ kind: 'maxPool2d', poolSize: [3, 3], strides: [2, 2], padding: 'same' }] },
    { input: [9, 4, 1], layers: [{ kind: 'maxPool2d', poolSize: [2, 2], strides: [3, 3], padding: 'same' }] },
  ],
  flatten: [{ input: [3, 5, 2], layers: [{ kind: 'flatten' }] }],
  dense: [
    { input: [1, 1, 13], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 7, activation: 'relu' }] },
    {
      input: [3, 3, 3],
      layers: [{ kind: 'flatten' }, { kind: 'dense', units: 1, useBias: false, activation: 'tanh' }],
    },
    { input: [5, 5, 5], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 33, activation: 'sigmoid' }] },
    {
      input: [13, 3, 1],
      layers: [{ kind: 'flatten' }, { kind: 'dense', units: 12, useBias: false, activation: 'relu' }],
    },
  ],
  activation: [
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'relu' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'tanh' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'sigmoid' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'linear' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'leakyRelu' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'elu' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'gelu' }] },
    { input: [3, 5, 3], layers: [{ kind: 'activation', activation: 'silu' }] },
    {
      input: [5, 5, 3],
      layers: [
        { kind: 'conv2d', filters: 5, activation: 'gelu' },
        { kind: 'flatten' },
        { kind: 'dense', units: 7, activation: 'silu' },
        { kind: 'dense', units: 6, activation: 'elu' },
      ],
    },
  ],
  depthwiseConv2d: [
    { input: [7, 9, 3], layers: [{ kind: 'depthwiseConv2d', activation: 'relu' }] },
    { input: [5, 6, 8], layers: [{ kind: 'depthwiseConv2d', padding: 'same', activation: 'gelu', useBias: false }] },
    {
      input: [8, 5, 3],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [3, 2], depthMultiplier: 3, padding: 'same' }],
    },
    {
      input: [9, 7, 5],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [2, 5], strides: [2, 2], padding: 'same', depthMultiplier: 2 }],
    },
    {
      input: [11, 8, 1],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [4, 2], strides: [3, 3], activation: 'tanh' }],
    },
    {
      input: [7, 6, 6],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [3, 4], dilationRate: [2, 3], padding: 'same' }],
    },
    {
      input: [7, 9, 2],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [2, 3], dilationRate: [3, 2], depthMultiplier: 5 }],
    },
    {
      input: [4, 3, 17],
      layers: [{ kind: 'depthwiseConv2d', kernelSize: [7, 8], padding: 'same', activation: 'sigmoid' }],
    },
    {
      // Separable convolutions, as in MobileNet.
      input: [9, 8, 3],
      layers: [
        { kind: 'conv2d', filters: 6, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' },
        { kind: 'depthwiseConv2d', padding: 'same', activation: 'relu' },
        { kind: 'conv2d', filters: 9, kernelSize: [1, 1], activation: 'relu' },
        { kind: 'globalAveragePooling2d' },
      ],
    },
  ],
  averagePooling2d: [
    { input: [7, 9, 5], layers: [{ kind: 'averagePooling2d' }] },
    { input: [7, 6, 3], layers: [{ kind: 'averagePooling2d', poolSize: [3, 2], strides: [1, 1] }] },
    { input: [5, 8, 6], layers: [{ kind: 'averagePooling2d', poolSize: [3, 3], strides: [2, 2], padding: 'same' }] },
    { input: [9, 4, 1], layers: [{ kind: 'averagePooling2d', poolSize: [2, 2], strides: [3, 3], padding: 'same' }] },
    { input: [3, 4, 4], layers: [{ kind: 'averagePooling2d', poolSize: [7, 5], strides: [1, 2], padding: 'same' }] },
  ],
  globalAveragePooling2d: [
    { input: [7, 9, 5], layers: [{ kind: 'globalAveragePooling2d' }] },
    {
      input: [5, 3, 2],
      layers: [{ kind: 'conv2d', filters: 8 }, { kind: 'globalAveragePooling2d' }, { kind: 'dense', units: 5 }],
    },
    { input: [1, 1, 1], layers: [{ kind: 'globalAveragePooling2d' }] },
  ],
  zeroPadding2d: [
    { input: [3, 5, 3], layers: [{ kind: 'zeroPadding2d' }] },
    {
      input: [4, 3, 5],
      layers: [
        {
          kind: 'zeroPadding2d',
          padding: [
            [0, 3],
            [2, 0],
          ],
        },
        { kind: 'conv2d', filters: 5 },
      ],
    },
    {
      input: [4, 4, 1],
      layers: [
        { kind: 'conv2d', filters: 3 },
        {
          kind: 'zeroPadding2d',
          padding: [
            [2, 0],
            [0, 1],
          ],
        },
      ],
    },
    { input: [2, 3, 4], layers: [{ kind: 'zeroPadding2d', padding: [[0, 0], [0, 0]] }] }, // prettier-ignore
  ],
  reshape: [
    { input: [3, 4, 5], layers: [{ kind: 'reshape', targetShape: [-1] }] },
    {
      input: [3, 4, 5],
      layers: [
        { kind: 'conv2d', filters: 6, padding: 'same', activation: 'relu' },
        { kind: 'reshape', targetShape: [6, -1, 4] },
        { kind: 'conv2d', filters: 3, activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 12 },
        { kind: 'reshape', targetShape: [2, 2, 3] },
        { kind: 'zeroPadding2d' },
        { kind: 'flatten' },
      ],
    },
  ],
  batchNormalization: [
    ...[true, false].flatMap((training) => [
      { input: [7, 5, 6] as [number, number, number], layers: [{ kind: 'batchNormalization' }], training },
      {
        input: [3, 4, 5] as [number, number, number],
        layers: [{ kind: 'batchNormalization', scale: false }],
        training,
      },
      {
        input: [5, 3, 4] as [number, number, number],
        layers: [{ kind: 'batchNormalization', center: false, epsilon: 0.1 }],
        training,
      },
      {
        input: [9, 8, 2] as [number, number, number],
        layers: [
          { kind: 'conv2d', filters: 33, useBias: false },
          { kind: 'batchNormalization', scale: false, center: false },
          { kind: 'conv2d', filters: 1, strides: [2, 2], useBias: false, activation: 'tanh' },
          { kind: 'batchNormalization' },
        ],
        training,
      },
      {
        input: [3, 3, 3] as [number, number, number],
        layers: [
          { kind: 'flatten' },
          { kind: 'dense', units: 131, useBias: false },
          { kind: 'batchNormalization' },
          { kind: 'activation', activation: 'relu' },
          { kind: 'dense', units: 9, useBias: false },
          { kind: 'batchNormalization', epsilon: 0.5 },
        ],
        training,
      },
    ]),
  ],
  dropout: [
    { input: [3, 5, 7], layers: [{ kind: 'dropout', rate: 0.3 }] },
    { input: [3, 5, 7], layers: [{ kind: 'dropout', rate: 0.3 }], training: false },
    {
      input: [5, 4, 3],
      layers: [
        { kind: 'conv2d', filters: 5, activation: 'tanh' },
        { kind: 'dropout' },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0 },
        { kind: 'dense', units: 7, activation: 'relu' },
        { kind: 'dropout', rate: 0.1 },
      ],
    },
  ],
  add: [
    {
      // Two skips from one layer, one over a pooling of stride 1, and one from the layer just
      // before.
      input: [6, 5, 3],
      layers: [
        { kind: 'conv2d', filters: 5, padding: 'same', activation: 'tanh' },
        { kind: 'conv2d', filters: 5, padding: 'same', activation: 'relu' },
        { kind: 'add', from: 'conv2d_1' },
        { kind: 'maxPool2d', poolSize: [3, 3], strides: [1, 1], padding: 'same' },
        { kind: 'add', from: 'conv2d_1' },
        { kind: 'add', from: 'add_2' },
        { kind: 'activation', activation: 'relu' },
      ],
    },
    {
      // From a view, into another, and from an Add that itself is behind a branching layer.
      input: [1, 1, 7],
      layers: [
        { kind: 'flatten' },
        { kind: 'dense', units: 7, activation: 'sigmoid' },
        { kind: 'add', from: 'flatten_1' },
        { kind: 'add', from: 'add_1' },
        { kind: 'flatten' },
        { kind: 'dense', units: 7 },
        { kind: 'add', from: 'flatten_2' },
        { kind: 'add', from: 'add_1' },
      ],
    },
  ],
};

/** One engine is tuned for the adapter, the other as on a real GPU. */
let engines: Engine[];
beforeAll(async () => {
  engines = [await createGpuEngine(navigator.gpu), await createGpuEngine(navigator.gpu, { tuneFor: 'hardware' })];
});
afterAll(() => {
  engines.forEach((engine) => engine.dispose());
  console.info(`worst relative error of WGSL against the reference: ${worst.error.toExponential(1)} (${worst.what})`);
});
let worst = { error: 0, what: '' };

describe.each(Object.keys(layerKinds) as LayerKindName[])('%s in WGSL agrees with the reference', (kind) => {
  const runs = cases[kind].flatMap((one) =>
    [1, 7, 33].map((batch) => {
      const use = one.training === false ? ', in use' : '';
      return { ...one, batch, name: `${JSON.stringify(one.layers)} on ${one.input.join()}, batch ${batch}${use}` };
    }),
  );
  it.each(runs)('$name', async ({ input, layers, batch, training }) => {
    // A dense layer behind the tested one ends the network and gives it a gradient that differs
    // everywhere.
    const ends = layers.some((layer) => 'units' in layer || ('kind' in layer && layer.kind === 'flatten'))
      ? []
      : [{ kind: 'flatten' }];
    const model = resolveModel(
      parseModelSpec({
        version: 1,
        name: kind,
        input,
        layers: [...layers, ...ends, { kind: 'dense', units: 3, activation: 'softmax' }],
      }),
    );
    const [reference, ...ours] = await backwardOnAll(model, batch, training);
    for (const one of ours) compare(one, reference!);
  });
});

it.each([0, 4, 8])('maxPool2d keeps a NaN, also as cell %i of its window', async (place) => {
  const model = resolveModel(
    parseModelSpec({
      version: 1,
      name: 'NaN',
      input: [3, 3, 1],
      layers: [{ kind: 'maxPool2d', poolSize: [3, 3] }, { kind: 'flatten' }, { kind: 'dense', units: 3 }],
    }),
  );
  const images = Float32Array.from({ length: 9 }, (_, i) => (i === place ? NaN : i));
  for (const engine of [createCpuEngine(), ...engines]) {
    const network = await engine.createNetwork(model, initialWeights(model, 1), DEFAULT_SETTINGS);
    const { outputs } = await network.forward(images);
    expect(outputs[0]!.data).toEqual(Float32Array.of(NaN));
    network.dispose();
  }
});

async function backwardOnAll(model: ResolvedModel, batch: number, training = true): Promise<BackwardResult[]> {
  const random = createRandom(5, batch);
  const weights = initialWeights(model, 3);
  for (const { bias, gamma, beta, movingMean, movingVariance } of Object.values(weights)) {
    for (const tensor of [bias, gamma, beta, movingMean])
      tensor?.data.forEach((value, i, data) => (data[i] = value + random.normal() / 4));
    movingVariance?.data.forEach((value, i, data) => (data[i] = value / 2 + random.uniform()));
  }
  const images = Float32Array.from({ length: batch * model.spec.input.reduce((a, b) => a * b) }, () => random.normal());
  const labels = Uint8Array.from({ length: batch }, () => random.integer(model.classes));
  const results = [];
  for (const engine of [createCpuEngine(), ...engines]) {
    const network = await engine.createNetwork(model, weights, DEFAULT_SETTINGS);
    // This pass leaves NaN in every buffer. A number that the next pass forgets to write, or reads
    // by mistake, then shows up.
    const poison = await network.backward(new Float32Array(images.length).fill(NaN), labels, training);
    expect(poison.loss).toBeNaN();
    results.push(await network.backward(images, labels, training));
    network.dispose();
  }
  return results;
}

function compare(ours: BackwardResult, reference: BackwardResult) {
  expect(ours.loss).toBeCloseTo(reference.loss, 4);
  ours.outputs.forEach((output, l) => expectClose(output.data, reference.outputs[l]!.data, `output ${l}`));
  ours.layers.forEach((layer, l) => {
    for (const name of ['output', 'input', 'weight', 'bias', 'gamma', 'beta'] as const) {
      if (!reference.layers[l]![name]) continue;
      expect(layer[name]!.shape).toEqual(reference.layers[l]![name].shape);
      expectClose(layer[name]!.data, reference.layers[l]![name].data, `${name} gradient of layer ${l}`);
    }
  });
}

/** Largest difference over the largest value, under 1e-4. */
function expectClose(ours: Float32Array, reference: Float32Array, what: string) {
  expect(ours.length, what).toBe(reference.length);
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < ours.length; i++) {
    // NaN must not slip through a comparison.
    difference = Number.isNaN(ours[i]) ? Infinity : Math.max(difference, Math.abs(ours[i]! - reference[i]!));
    scale = Math.max(scale, Math.abs(reference[i]!));
  }
  const error = difference / (scale || 1);
  if (error > worst.error) worst = { error, what: `${what}: ${expect.getState().currentTestName}` };
  expect(error, what).toBeLessThan(1e-4);
}
