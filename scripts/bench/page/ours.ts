import { customDataset } from '../../../src/data/custom';
import type { Dataset } from '../../../src/data/dataset';
import { resolveModel } from '../../../src/model/resolve';
import { DEFAULT_SETTINGS } from '../../../src/model/settings';
import { parseModelSpec } from '../../../src/model/spec';
import type { Engine } from '../../../src/backend/engine';
import { createGpuEngine } from '../../../src/backend/webgpu/gpu-engine';
import type { Peer, Trainer, Work } from './work';

/** The number of steps in one call of the engine. */
const CHUNK = 8;

/**
 * Opens our engine without the page around it, to count what it sends to the GPU and to time its
 * first step. The times in the table are those of the page itself.
 */
export async function openOurs(): Promise<Peer> {
  const engine = await createGpuEngine(navigator.gpu);
  return { name: engine.adapter, create: (work) => createTrainer(engine, work) };
}

async function createTrainer(engine: Engine, work: Work): Promise<Trainer> {
  const { spec, weights, batchSize, optimizer, seed } = work;
  await engine.setDataset(ringDataset(work));
  const settings = { ...DEFAULT_SETTINGS, batchSize, optimizer, seed };
  const network = await engine.createNetwork(resolveModel(parseModelSpec(spec)), weights, settings);
  network.setOrder(Uint32Array.from(work.labels, (_, i) => i));
  let done = 0;
  const request = () => {
    const offset = (done % work.batches) * batchSize;
    return { step: ++done, offset, count: batchSize, learningRate: optimizer.learningRate };
  };
  return {
    async run(steps) {
      let loss = NaN;
      for (let left = steps; left > 0; left -= CHUNK) {
        const results = await network.trainSteps(Array.from({ length: Math.min(CHUNK, left) }, request));
        loss = results.at(-1)!.loss;
      }
      return loss;
    },
  };
}

/** The batches of the ring, one after the other, as a data set. */
function ringDataset({ input: [height, width, channels], classes, images, labels }: Work): Dataset {
  const test = { testImages: images.slice(0, height * width * channels), testLabels: labels.slice(0, 1) };
  return customDataset({ height, width, channels, classes, images, labels, ...test });
}
