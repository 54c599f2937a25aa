import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, needsPreactivation } from '../../model/activations';
import { sizeOf, type WeightName } from '../../model/shape';
import { layerKinds, type LayerKindName } from '../../model/layers';
import { activationOf, resolveModel, type ResolvedLayer } from '../../model/resolve';
import { createLayer } from '../../model/spec';
import { createRandom } from '../../random';
import type { BackwardPass } from '../layer-math';
import type { Numbers } from '../numbers';
import { Scratch } from '../scratch';
import { mathOf } from './index';

/** One layer to test: its parameters and the shape of its input. */
interface Case {
  params: Record<string, unknown>;
  input: readonly [number, number, number];
  /** See `Mode`; true if left out. */
  training?: boolean;
}

const smooth = ACTIVATIONS.filter((activation) => activation !== 'softmax');
const cases = {
  conv2d: [
    ...smooth.map((activation) => ({ params: { filters: 5, activation }, input: [7, 5, 3] as const })),
    { params: { filters: 1, kernelSize: [2, 3], strides: [2, 1], useBias: false }, input: [7, 9, 1] },
    { params: { filters: 6, kernelSize: [3, 2], strides: [1, 3], padding: 'same' }, input: [5, 8, 2] },
    {
      params: { filters: 3, kernelSize: [4, 5], strides: [3, 2], padding: 'same', activation: 'tanh' },
      input: [3, 4, 3],
    },
    { params: { filters: 2, kernelSize: [2, 1], strides: [3, 4] }, input: [9, 7, 2] },
    { params: { filters: 2, kernelSize: [1, 1], strides: [2, 2], padding: 'same' }, input: [5, 4, 7] },
    { params: { filters: 9, kernelSize: [11, 7], padding: 'same' }, input: [5, 3, 33] },
    { params: { filters: 4, kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same' }, input: [5, 4, 3] },
    { params: { filters: 3, kernelSize: [2, 3], dilationRate: [3, 2], activation: 'tanh' }, input: [5, 7, 2] },
    { params: { filters: 2, dilationRate: [3, 1], padding: 'same' }, input: [4, 5, 2] },
  ],
  maxPool2d: [
    { params: {}, input: [7, 5, 3] },
    { params: { poolSize: [2, 2], strides: [1, 1] }, input: [5, 4, 5] },
    { params: { poolSize: [3, 2], strides: [1, 2], padding: 'same' }, input: [7, 5, 2] },
    { params: { poolSize: [3, 5], strides: [2, 1], padding: 'same' }, input: [4, 3, 3] },
    { params: { poolSize: [1, 2], strides: [3, 3], padding: 'same' }, input: [7, 8, 1] },
  ],
  flatten: [{ params: {}, input: [3, 5, 7] }],
  dense: [
    ...smooth.map((activation) => ({ params: { units: 9, activation }, input: [1, 1, 13] as const })),
    { params: { units: 1, useBias: false }, input: [1, 1, 1] },
    { params: { units: 6, useBias: false }, input: [1, 7, 301] },
  ],
  activation: smooth.map((activation) => ({ params: { activation }, input: [3, 5, 2] as const })),
  depthwiseConv2d: [
    ...smooth.map((activation) => ({ params: { activation }, input: [5, 7, 3] as const })),
    { params: { depthMultiplier: 3, padding: 'same' }, input: [4, 5, 2] },
    { params: { kernelSize: [2, 5], strides: [2, 2], padding: 'same', depthMultiplier: 2 }, input: [7, 6, 5] },
    { params: { kernelSize: [4, 2], strides: [3, 3], useBias: false }, input: [9, 8, 1] },
    { params: { kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same' }, input: [5, 4, 3] },
    { params: { kernelSize: [2, 3], dilationRate: [3, 2], depthMultiplier: 2, activation: 'tanh' }, input: [5, 7, 2] },
    { params: { kernelSize: [7, 9], padding: 'same' }, input: [3, 4, 6] },
  ],
  averagePooling2d: [
    { params: {}, input: [7, 5, 3] },
    { params: { poolSize: [2, 2], strides: [1, 1] }, input: [5, 4, 5] },
    { params: { poolSize: [3, 2], strides: [1, 2], padding: 'same' }, input: [7, 5, 2] },
    { params: { poolSize: [3, 5], strides: [2, 1], padding: 'same' }, input: [4, 3, 3] },
    { params: { poolSize: [1, 2], strides: [3, 3], padding: 'same' }, input: [7, 8, 1] },
  ],
  globalAveragePooling2d: [
    { params: {}, input: [5, 3, 7] },
    { params: {}, input: [1, 1, 1] },
  ],
  zeroPadding2d: [
    { params: {}, input: [3, 5, 2] },
    { params: { padding: [[0, 3], [2, 0]] }, input: [4, 3, 5] }, // prettier-ignore
    { params: { padding: [[0, 0], [0, 0]] }, input: [2, 3, 1] }, // prettier-ignore
  ],
  reshape: [
    { params: {}, input: [3, 5, 2] },
    { params: { targetShape: [5, -1, 3] }, input: [3, 5, 2] },
  ],
  batchNormalization: [
    { params: {}, input: [3, 5, 7] },
    { params: {}, input: [3, 5, 7], training: false },
    { params: { scale: false, epsilon: 0.1 }, input: [4, 2, 1] },
    { params: { center: false }, input: [1, 3, 6] },
    { params: { center: false, scale: false }, input: [5, 1, 4] },
    { params: { scale: false }, input: [2, 3, 5], training: false },
  ],
  dropout: [
    { params: {}, input: [3, 5, 7] },
    { params: { rate: 0.1 }, input: [1, 1, 30] },
    { params: { rate: 0.9 }, input: [4, 3, 5], training: false },
  ],
  add: [{ params: { from: 'activation_1' }, input: [3, 5, 2] }],
} satisfies { [K in LayerKindName]: Case[] };

const BATCHES = [1, 7, 33];
const STEP = 1e-5;
const SAMPLES = 60;

describe.each(Object.keys(layerKinds) as LayerKindName[])('%s against central differences in float64', (kind) => {
  describe.each(cases[kind] as Case[])('$params on $input', ({ params, input, training }) => {
    it.each(BATCHES)('batch %i', (batch) => {
      const pass = randomPass(layerOf(kind, params, input), batch, training);
      const math = mathOf(kind);
      math.forward(pass);
      math.backward(pass);
      expect(pass.output.every(Number.isFinite)).toBe(true);
      for (const [tensor, gradient] of [['input', pass.inputGradient], ...trainedTensors(pass)] as const) {
        if (!gradient) continue;
        expect(gradient.every(Number.isFinite), `${tensor} written completely`).toBe(true);
        const { error, compared, skipped } = compare(pass, pass[tensor] as Float64Array, gradient as Float64Array);
        expect(error, tensor).toBeLessThan(1e-6);
        expect(compared, tensor).toBeGreaterThan(10 * skipped);
      }
    });
  });
});

function layerOf(kind: LayerKindName, params: Record<string, unknown>, input: Case['input']): ResolvedLayer {
  const layers = [createLayer(kind, params)];
  // Dense layers take vectors. A network must end with scores, so a layer that outputs an image
  // gets a Flatten after it.
  if (kind === 'dense') layers.unshift(createLayer('flatten'));
  // A second input comes from an earlier layer.
  if (kind === 'add') layers.unshift(createLayer('activation'));
  if (kind !== 'flatten' && kind !== 'dense') layers.push(createLayer('flatten'));
  return resolveModel({ version: 1, name: 'test', input, layers }).layers.find(({ spec }) => spec.kind === kind)!;
}

/**
 * Random input, weights and dL/d(output). Every tensor to be written starts as NaN, so a gap would
 * show.
 */
function randomPass(
  { spec, inputShape, outputShape, weights }: ResolvedLayer,
  batch: number,
  training = true,
): BackwardPass {
  const random = createRandom(batch, sizeOf(inputShape), sizeOf(outputShape));
  const normal = (length: number) => new Float64Array(length).map(() => random.normal());
  const unwritten = (length: number) => new Float64Array(length).fill(NaN);
  const pass: BackwardPass = {
    spec,
    inputShape,
    outputShape,
    batch,
    mode: { training, seed: 1, step: 1 },
    index: 3,
    skip: normal(batch * sizeOf(inputShape)),
    preactivation: needsPreactivation(activationOf(spec)) ? unwritten(batch * sizeOf(outputShape)) : undefined,
    input: normal(batch * sizeOf(inputShape)),
    output: unwritten(batch * sizeOf(outputShape)),
    scratch: new Scratch(),
    outputGradient: normal(batch * sizeOf(outputShape)),
    inputGradient: unwritten(batch * sizeOf(inputShape)),
  };
  for (const { name, shape } of weights) {
    pass[name] = normal(sizeOf(shape)).map((value) => value / Math.sqrt(sizeOf(inputShape)));
    pass[`${name}Gradient`] = unwritten(sizeOf(shape));
  }
  pass.movingVariance?.forEach((value, i, variance) => (variance[i] = 0.5 + Math.abs(value)));
  return pass;
}

/** The trained tensors of the layer with their gradients. */
function trainedTensors(pass: BackwardPass): (readonly [WeightName, Numbers | undefined])[] {
  return (['weight', 'bias', 'gamma', 'beta'] as const).map((name) => [name, pass[`${name}Gradient`]]);
}

/**
 * The largest difference from the numeric gradient of sum(output * outputGradient), relative to the
 * largest gradient.
 */
function compare(pass: BackwardPass, tensor: Float64Array, gradient: Float64Array) {
  const math = mathOf(pass.spec.kind);
  const probe = { ...pass, output: new Float64Array(pass.output.length) };
  const evaluate = () => {
    const choices = new Int32Array(pass.output.length);
    math.forward(probe);
    math.choices?.(probe, choices);
    return { value: probe.output.reduce((sum, y, i) => sum + y * pass.outputGradient[i]!, 0), choices: choices.join() };
  };
  let [error, largest, compared, skipped] = [0, 0, 0, 0];
  const stride = Math.max(1, Math.floor(tensor.length / SAMPLES));
  for (let i = 0; i < tensor.length; i += stride) {
    const kept = tensor[i];
    tensor[i] = kept! + STEP;
    const above = evaluate();
    tensor[i] = kept! - STEP;
    const below = evaluate();
    tensor[i] = kept!;
    if (above.choices !== below.choices) {
      skipped++;
      continue;
    }
    compared++;
    error = Math.max(error, Math.abs((above.value - below.value) / (2 * STEP) - gradient[i]!));
    largest = Math.max(largest, Math.abs(gradient[i]!));
  }
  return { error: error / largest, compared, skipped };
}
