import type { Dataset } from '../data/dataset';
import type { Engine } from '../runtime/engine';
import { CpuNetwork } from './cpu-network';

/** The engine for machines without WebGPU: the reference in float32, in whichever thread it is made in (a worker, that is). */
export function createCpuEngine(): Engine {
  let dataset: Dataset | null = null;
  return {
    backend: 'cpu',
    adapter: 'CPU reference',
    // Plain code cannot be lost, so this never resolves.
    lost: new Promise<string>(() => {}),
    async setDataset(next) {
      dataset = next;
    },
    async createNetwork(model, weights, settings) {
      return new CpuNetwork(model, weights, settings, () => dataset);
    },
    dispose() {
      dataset = null;
    },
  };
}
