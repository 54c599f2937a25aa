import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { initialWeights } from '../../model/initialize';
import { scalePixels, type InputScaling } from '../../model/input-scaling';
import { resolveModel } from '../../model/resolve';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import { createReadySession, tinyModel } from '../session/session.test-helper';
import { verdictOf } from '../wire/gradient-faults';
import { checkGradients } from './gradient-check';

const image = { split: 'test', row: 1 } as const;
const SCALINGS: InputScaling[] = ['unit', 'bytes', 'signed', { mean: [0.3], std: [0.2] }];

/** A session whose network takes its input in this scaling, and is the tiny one otherwise. */
async function scaledSession(inputScaling: InputScaling) {
  const test = await createReadySession();
  const model = { ...tinyModel, ...(inputScaling === 'unit' ? {} : { inputScaling }) };
  await test.request('setModel', { model });
  return { ...test, model };
}

describe('a network with another input scaling', () => {
  it('shows the first layer what it sees, and people the image in 0..1', async () => {
    const plain = await createReadySession();
    const { request, model } = await scaledSession('bytes');
    const before = await plain.request('inspect', { layer: 'conv2d_1', image });
    const first = await request('inspect', { layer: 'conv2d_1', image });
    expect(first.image).toEqual(before.image);
    expect(first.input.data).toEqual(scalePixels(model, first.image.data));
    expect(Math.max(...first.input.data)).toBeGreaterThan(200);
    expect(first.ranges.outputs).toBeGreaterThanOrEqual(Math.max(...first.input.data));
    const trace = await request('trace', {});
    expect(Math.max(...trace.images.data)).toBeLessThanOrEqual(1);
    expect(trace.inputStats.max).toBeGreaterThan(200);
  });

  it('has a saliency by the pixel in 0..1, as a small change of the pixel shows', async () => {
    for (const scaling of SCALINGS) {
      const { request, model } = await scaledSession(scaling);
      const { image: seen } = await request('inspect', { layer: 'conv2d_1', image });
      const { map, target } = await request('saliency', { image });
      const [pixels, labels] = [seen.data, Uint8Array.of(target)];
      const { gradients } = await request('backward', { images: pixels, labels, training: false });
      const slope = scalePixels(model, Float32Array.of(1))[0]! - scalePixels(model, Float32Array.of(0))[0]!;
      gradients.conv2d_1!.input.data.forEach((gradient, i) =>
        expect(map.data[i]).toBeCloseTo(Math.abs(gradient * slope), 5),
      );
    }
  });

  it('keeps the weights of a trained one whose layers are the same', async () => {
    const { request } = await createReadySession();
    await request('train', { steps: 3 });
    const before = await request('getWeights', {});
    const ids = { conv2d_1: 'conv2d_1', dense_1: 'dense_1' };
    const { kept } = await request('setModel', {
      model: { ...tinyModel, inputScaling: 'signed' },
      keep: ids,
      names: ids,
    });
    expect(kept).toEqual(['conv2d_1', 'dense_1']);
    expect(await request('getWeights', {})).toEqual(before);
  });

  it.each(SCALINGS)('passes the gradient check with %j', async (inputScaling) => {
    const model = resolveModel(
      parseModelSpec({
        input: [9, 7, 3],
        inputScaling:
          typeof inputScaling === 'string' ? inputScaling : { mean: [0.3, 0.5, 0.4], std: [0.2, 0.3, 0.25] },
        layers: [
          { kind: 'conv2d', filters: 4, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
          { kind: 'maxPool2d' },
          { kind: 'flatten' },
          { kind: 'dense', units: 3, activation: 'softmax' },
        ],
      }),
    );
    const random = createRandom(3);
    const weights = initialWeights(model, 1);
    // Bytes make scores of hundreds, where softmax is flat: smaller weights keep it curved.
    if (inputScaling === 'bytes') weights.dense_1!.weight!.data.forEach((w, i, all) => (all[i] = w / 100));
    const network = await createCpuEngine().createNetwork(model, weights, DEFAULT_SETTINGS);
    const images = Float32Array.from({ length: 3 * 9 * 7 * 3 }, () => random.uniform());
    const checks = await checkGradients(model, weights, network, images, Uint8Array.of(0, 2, 1));
    expect(checks.filter((check) => verdictOf(check) !== 'agrees')).toEqual([]);
  });
});

describe('the statistics of the training images', () => {
  it('are those of each channel, validation and test images left out', async () => {
    const { request, session } = await createReadySession();
    const { mean, std } = await request('inputStatistics', {});
    const rows = session.data!.rows('train');
    const values = [...rows].flatMap((row) => [
      ...session.data!.dataset.train.images.subarray(row * 36, row * 36 + 36),
    ]);
    const average = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    const expected = average(values.map((byte) => byte / 255));
    expect(mean[0]).toBeCloseTo(expected, 3);
    expect(std[0]).toBeCloseTo(Math.sqrt(average(values.map((byte) => (byte / 255 - expected) ** 2))), 3);
  });

  it('are 0 and 1 for a channel without a mark, and keep the channels apart', async () => {
    const { request } = await createReadySession();
    const images = Uint8Array.from({ length: 20 * 4 * 2 }, (_, i) => (i % 2 === 0 ? 0 : (i % 4) * 85));
    const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
    await request('setDataset', { dataset: { height: 2, width: 2, channels: 2, classes: 2, images, labels } });
    const { mean, std } = await request('inputStatistics', {});
    expect([mean[0], std[0]]).toEqual([0, 1]);
    expect([mean[1], std[1]]).toEqual([0.6667, 0.3333]);
  });
});
