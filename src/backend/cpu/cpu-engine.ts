import type { Dataset } from '../../data/dataset';
import { requireRoom } from '../../model/cost';
import type { Engine } from '../engine';
import { estimateCost } from '../estimate';
import { cpuMemory } from './cpu-memory';
import { CpuNetwork } from './cpu-network';

/**
 * The engine for machines without WebGPU: the reference in float32. It runs in the thread that
 * creates it, which is a worker.
 */
export function createCpuEngine(): Engine {
  let dataset: Dataset | null = null;
  const estimate: Engine['estimate'] = (model, { batchSize, optimizer }) =>
    estimateCost(model, batchSize, cpuMemory(model, optimizer.kind, dataset?.train.labels.length ?? 0));
  return {
    adapter: 'CPU reference',
    software: true,
    // Plain code cannot be lost, so this never resolves.
    lost: new Promise<string>(() => {}),
    async setDataset(next) {
      dataset = next;
    },
    estimate,
    async createNetwork(model, weights, settings) {
      requireRoom(estimate(model, settings));
      return new CpuNetwork(model, weights, settings, () => dataset);
    },
    dispose() {
      dataset = null;
    },
  };
}
