import { describe, expect, it } from 'vitest';
import { initialWeights } from '../model/initialize';
import { resolveModel } from '../model/resolve';
import { parseModelSpec } from '../model/spec';
import { createRandom } from '../random';
import { ReferenceNetwork } from './network';
import { float32, float64 } from './numbers';

const model = resolveModel(
  parseModelSpec({
    input: [9, 7, 2],
    layers: [
      { kind: 'conv2d', filters: 3, kernelSize: [3, 2], padding: 'same', activation: 'relu' },
      { kind: 'maxPool2d', strides: [1, 1] },
      { kind: 'conv2d', filters: 5, strides: [2, 1], useBias: false, activation: 'tanh' },
      { kind: 'flatten' },
      { kind: 'dense', units: 4, activation: 'softmax' },
    ],
  }),
);
const weights = initialWeights(model, 2);
const SIZE = 9 * 7 * 2;

function networkOf() {
  const network = new ReferenceNetwork(model, float64);
  network.setWeights(weights);
  return network;
}

function batchOf(count: number) {
  const random = createRandom(count);
  return {
    images: float64(count * SIZE).map(() => random.normal()),
    labels: new Uint8Array(count).map(() => random.integer(4)),
  };
}

describe('reference network', () => {
  it('gives the gradient of the mean: that of a batch is the mean of those of its images', () => {
    const { images, labels } = batchOf(5);
    const whole = networkOf();
    const { loss } = whole.backward(images, labels, 5, true);
    const single = networkOf();
    const sum = float64(whole.layers[2]!.gradients.weight!.length);
    let losses = 0;
    for (let i = 0; i < 5; i++) {
      losses += single.backward(images.slice(i * SIZE, (i + 1) * SIZE), labels.slice(i, i + 1), 1, true).loss / 5;
      single.layers[2]!.gradients.weight!.forEach((value, at) => (sum[at]! += value / 5));
      for (let at = 0; at < SIZE; at++) {
        expect(whole.inputGradient[i * SIZE + at]).toBeCloseTo(single.inputGradient[at]! / 5, 12);
      }
    }
    expect(loss).toBeCloseTo(losses, 12);
    whole.layers[2]!.gradients.weight!.forEach((value, at) => expect(value).toBeCloseTo(sum[at]!, 12));
  });

  it('leaves nothing of a larger batch behind in a smaller one', () => {
    const used = networkOf();
    const large = batchOf(33);
    used.backward(large.images, large.labels, 33, true);
    const { images, labels } = batchOf(7);
    const fresh = networkOf();
    expect(used.backward(images, labels, 7, true)).toEqual(fresh.backward(images, labels, 7, true));
    expect(used.getGradients()).toEqual(fresh.getGradients());
    expect(used.logits.subarray(0, 28)).toEqual(fresh.logits);
  });

  it('recomputes from a layer on what a whole pass would give', () => {
    const { images } = batchOf(3);
    const [network, other] = [networkOf(), networkOf()];
    network.forward(images, 3);
    network.layers[2]!.weights.weight![7]! += 0.5;
    other.layers[2]!.weights.weight![7]! += 0.5;
    network.forward(images, 3, 2);
    other.forward(images, 3);
    expect(network.logits).toEqual(other.logits);
  });

  it('agrees between float32 and float64', () => {
    const { images, labels } = batchOf(7);
    const double = networkOf();
    const single = new ReferenceNetwork(model, float32);
    single.setWeights(weights);
    const a = single.backward(Float32Array.from(images), labels, 7);
    const b = double.backward(images, labels, 7);
    expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-6);
    for (const [l, { gradients }] of single.layers.entries()) {
      gradients.weight?.forEach((value, at) =>
        expect(Math.abs(value - double.layers[l]!.gradients.weight![at]!)).toBeLessThan(1e-6),
      );
    }
  });
});
