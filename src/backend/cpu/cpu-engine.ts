import type { Dataset } from '../../data/dataset';
import type { Tuning } from '../../plan/kernels/launch';
import { estimateCost, requireRoom } from '../../plan/cost';
import type { Engine } from '../engine';
import { CpuNetwork } from './cpu-network';

/**
 * Memory that a page may reasonably take. A browser gives a tab more, but then other pages and the
 * machine itself suffer.
 */
const LIMITS = { buffer: Infinity, total: 2 ** 31 };
/**
 * As if on a machine with one thread: no partial sums. The reference keeps the same tensors as a
 * plan for such a machine.
 */
const TUNING: Tuning = { workgroup: 1, threads: 1, subgroupsOf4: false };

/**
 * The engine for machines without WebGPU: the reference in float32, in whichever thread it is made
 * in (a worker, that is).
 */
export function createCpuEngine(): Engine {
  let dataset: Dataset | null = null;
  const estimate: Engine['estimate'] = (model, { batchSize, optimizer }) =>
    estimateCost(
      model,
      { batchSize, tuning: TUNING, depth: 'train', training: true, optimizer: optimizer.kind },
      LIMITS,
    );
  return {
    backend: 'cpu',
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
