import type { Dataset } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { requireRoom } from '../../model/cost';
import { layOutParameters } from '../../plan/parameters';
import { lastingArenas } from '../../plan/plan';
import { createArenas } from './arenas';
import { destroyImages, uploadImages } from './dataset-buffers';
import { bufferLimit, openGpu } from './device';
import { createPipelineCache } from './pipelines';
import type { AdapterKind } from './tuning';
import type { Engine } from '../engine';
import { estimateCost } from '../estimate';
import type { GpuContext } from './gpu-context';
import { gpuMemory } from './gpu-memory';
import { GpuNetwork } from './gpu-network';
import { shaderSources } from './shaders';

/** Options of the engine for tests. */
export interface GpuEngineOptions {
  /**
   * Tunes kernels for an adapter of that kind, even if this adapter is of another kind, so that
   * tests cover the kernels of real GPUs without having one.
   */
  tuneFor?: AdapterKind;
  /** Replaces shaders by file name, so that tests can check that a wrong shader is detected. */
  sources?: Record<string, string>;
}

/**
 * The WebGPU backend: it runs plans.
 * @param entry `navigator.gpu` of a browser, or of Dawn in Node
 * @throws PlaygroundError saying why there is no WebGPU here.
 */
export async function createGpuEngine(
  entry: GPU | undefined,
  { tuneFor, sources = {} }: GpuEngineOptions = {},
): Promise<Engine> {
  let fail: (reason: string) => void = () => {};
  const failure = new Promise<string>((resolve) => (fail = resolve));
  // An error that no scope caught means that some result is wrong. It is better to stop than to
  // train on that result.
  const gpu = await openGpu(entry, (error) => fail(error.message), tuneFor);
  const context: GpuContext = {
    gpu,
    pipelines: createPipelineCache(gpu.device, { ...shaderSources, ...sources }),
    data: null,
  };
  let disposed = false;
  const limit = bufferLimit(gpu.device);
  const estimate: Engine['estimate'] = (model, { batchSize, optimizer }) =>
    estimateCost(
      model,
      batchSize,
      gpuMemory(model, {
        optimizer: optimizer.kind,
        tuning: gpu.tuning,
        limit,
        images: context.data?.counts.train ?? 0,
      }),
    );
  return {
    adapter: gpu.name,
    software: gpu.software,
    lost: Promise.race([gpu.lost, failure]),
    async setDataset(dataset: Dataset) {
      const train = await uploadImages(gpu.device, dataset.train.images, dataset.train.labels, 'training');
      const test = await uploadImages(gpu.device, dataset.test.images, dataset.test.labels, 'test').catch(
        (error: unknown) => {
          destroyImages(train);
          throw error;
        },
      );
      if (context.data) [context.data.train, context.data.test].forEach(destroyImages);
      context.data = { train, test, counts: { train: dataset.train.labels.length, test: dataset.test.labels.length } };
    },
    estimate,
    async createNetwork(model, weights, settings) {
      if (disposed) throw new PlaygroundError('this GPU engine was closed.');
      requireRoom(estimate(model, settings));
      const layout = layOutParameters(model);
      const arenas = await createArenas(gpu.device, lastingArenas(layout, settings.optimizer.kind));
      const network = new GpuNetwork(context, model, settings, layout, arenas);
      network.setWeights(weights);
      try {
        // Compile before the first step is requested, so that play starts at once.
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
