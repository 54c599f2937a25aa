import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../../data/custom';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import { relativeError, useTfjs } from '../../reference/tfjs.test-helper';
import { createCpuEngine } from './cpu-engine';

const [BATCH, SIZE] = [4, 5 * 3 * 2];
const STEPS = 5;

beforeAll(useTfjs);

describe('the running averages of batch normalization', () => {
  it('are those of the layer of TensorFlow.js after some steps', async () => {
    const random = createRandom(1);
    const images = Uint8Array.from({ length: BATCH * STEPS * SIZE }, () => random.integer(256));
    const labels = Uint8Array.from({ length: BATCH * STEPS }, (_, i) => i % 3);
    const engine = createCpuEngine();
    const test = { testImages: images, testLabels: labels };
    await engine.setDataset(customDataset({ height: 5, width: 3, channels: 2, classes: 3, images, labels, ...test }));
    const layers = [{ kind: 'batchNormalization', momentum: 0.7 }, { kind: 'flatten' }, { kind: 'dense', units: 3 }];
    const model = resolveModel(parseModelSpec({ input: [5, 3, 2], layers }));
    const network = await engine.createNetwork(
      model,
      initialWeights(model, 1),
      changeSettings(DEFAULT_SETTINGS, { batchSize: BATCH }),
    );
    network.setOrder(Uint32Array.from(labels, (_, i) => i));
    const theirs = tf.layers.batchNormalization({ momentum: 0.7 });
    for (let step = 1; step <= STEPS; step++) {
      const offset = (step - 1) * BATCH;
      await network.trainSteps([{ step, offset, count: BATCH, learningRate: 0.1 }]);
      const pixels = Float32Array.from(images.subarray(offset * SIZE, (offset + BATCH) * SIZE), (byte) => byte / 255);
      theirs.apply(tf.tensor4d(pixels, [BATCH, 5, 3, 2]), { training: true });
    }
    const { movingMean, movingVariance } = (await network.getWeights()).batchNormalization_1!;
    const [, , mean, variance] = theirs.getWeights().map((tensor) => tensor.dataSync());
    expect(relativeError(movingMean!.data, mean!)).toBeLessThan(1e-5);
    expect(relativeError(movingVariance!.data, variance!)).toBeLessThan(1e-5);
  });
});
