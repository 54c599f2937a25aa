import { required } from '../../errors';
import { binaryBytes } from '../../model/bytes';
import type { MemoryUse } from '../../model/cost';
import type { ResolvedModel } from '../../model/resolve';
import type { Arena, Tuning } from '../../plan/dispatch';
import { planTraining } from '../../plan/plan';
import type { TrainingOptions, TrainingPlan } from '../../plan/plan-types';
import { noBytes, type MemoryModel, type MemoryNeed } from '../estimate';
import { arenaBytes } from './plan-memory';

const USE_OF: Record<Arena, MemoryUse> = {
  images: 'bookkeeping',
  labels: 'bookkeeping',
  order: 'bookkeeping',
  parameters: 'weights',
  gradients: 'gradients',
  moment1: 'optimizer state',
  moment2: 'optimizer state',
  partials: 'partial sums of weight gradients',
  activations: 'activations',
  activationGradients: 'activation gradients',
  workspace: 'workspace',
  statistics: 'bookkeeping',
  metrics: 'bookkeeping',
  state: 'bookkeeping',
  tables: 'bookkeeping',
};

/**
 * Takes the memory of a training step from the plan that would run. WebGPU reports how large one
 * buffer may be, but not how much memory there is.
 * @param limit bytes of the largest buffer
 */
export function gpuMemory(
  model: ResolvedModel,
  optimizer: TrainingOptions['optimizer'],
  tuning: Tuning,
  limit: number,
): MemoryModel {
  return {
    limits: { buffer: limit, total: Infinity },
    needAt: (batchSize) => needOf(planTraining(model, { batchSize, tuning, optimizer })),
    describe: ({ largestBuffer: { use, bytes } }) =>
      `${binaryBytes(bytes)} of ${use}; this GPU allows ${binaryBytes(limit)} in one buffer.`,
  };
}

function needOf(plan: TrainingPlan): MemoryNeed {
  const arenas = arenaBytes(plan);
  const bytes = noBytes();
  for (const one of arenas) bytes[USE_OF[one.arena]] += one.bytes;
  const { arena, bytes: most } = required(arenas.at(0), 'arena in the plan');
  return { bytes, largestBuffer: { use: USE_OF[arena], bytes: most }, layers: layerBytes(plan, arena) };
}

/** Each layer's part of an arena, in bytes. */
function layerBytes({ layers, parameters }: TrainingPlan, arena: Arena): number[] {
  const sum = (tensors: { length: number }[]) => tensors.reduce((total, { length }) => total + length, 0);
  return layers.map(({ id, y, dy, partials }) => {
    // The plan does not record which layer uses the workspace, but its size grows with the output.
    if (arena === 'workspace') return 4 * y.length;
    const inArena = [y, dy, ...partials.map(({ tensor }) => tensor)].filter((tensor) => tensor.arena === arena);
    const weights = parameters.tensors.filter(({ layer }) => layer === id);
    return 4 * (sum(inArena) || sum(weights));
  });
}
