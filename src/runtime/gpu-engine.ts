import type { Dataset } from '../data/dataset';
import { PlaygroundError } from '../errors';
import type { Tuning } from '../model/kernel';
import { layOutParameters } from '../plan/parameters';
import { lastingArenas } from '../plan/plan';
import { createArenas } from './arenas';
import { destroyImages, uploadImages } from './dataset-buffers';
import { openGpu } from './device';
import { createPipelineCache } from './pipelines';
import type { Engine } from './engine';
import { GpuNetwork, type GpuContext } from './gpu-network';

/**
 * The WebGPU backend: plans run by the runtime.
 * @param tuning replaces what was chosen for the adapter: for tests of kernels that it would not use
 * @throws PlaygroundError saying why there is no WebGPU here.
 */
export async function createGpuEngine(tuning: Partial<Tuning> = {}): Promise<Engine> {
  let fail: (reason: string) => void = () => {};
  const failure = new Promise<string>((resolve) => (fail = resolve));
  // An error that no scope caught means that some result is wrong: better to stop than to train on it.
  const opened = await openGpu((error) => fail(error.message));
  const gpu = { ...opened, tuning: { ...opened.tuning, ...tuning } };
  const context: GpuContext = { gpu, pipelines: createPipelineCache(gpu.device), data: null };
  let disposed = false;
  return {
    backend: 'webgpu',
    adapter: gpu.name,
    lost: Promise.race([gpu.lost, failure]),
    async setDataset(dataset: Dataset) {
      const train = uploadImages(gpu.device, dataset.train.images, dataset.train.labels, 'training');
      const test = uploadImages(gpu.device, dataset.test.images, dataset.test.labels, 'test');
      if (context.data) [context.data.train, context.data.test].forEach(destroyImages);
      context.data = { train, test, counts: { train: dataset.train.labels.length, test: dataset.test.labels.length } };
    },
    async createNetwork(model, weights, settings) {
      if (disposed) throw new PlaygroundError('this GPU engine was closed.');
      const layout = layOutParameters(model);
      const arenas = await createArenas(gpu.device, lastingArenas(layout, settings.optimizer.kind));
      const network = new GpuNetwork(context, model, settings, layout, arenas);
      network.setWeights(weights);
      try {
        // Compiled before the first step is asked for, so that pressing play starts at once.
        await network.prepare();
      } catch (error) {
        network.dispose();
        throw error;
      }
      return network;
    },
    dispose() {
      disposed = true;
      // Frees the memory of its networks too.
      gpu.device.destroy();
    },
  };
}
