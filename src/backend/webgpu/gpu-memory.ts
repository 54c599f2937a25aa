import { required } from '../../errors';
import { binaryBytes } from '../../model/bytes';
import type { MemoryUse } from '../../model/cost';
import type { ResolvedModel } from '../../model/resolve';
import type { Arena, Tuning } from '../../plan/dispatch';
import { planTraining } from '../../plan/plan';
import type { TrainingOptions, TrainingPlan } from '../../plan/plan-types';
import { MAX_STEPS_PER_SUBMIT } from '../../plan/update';
import { PUMP } from '../../pace';
import { noBytes, type MemoryModel, type MemoryNeed } from '../estimate';
import { arenaBytes, orderBytes } from './plan-memory';
import { STEPS_BYTES } from './step-record';

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

/** What the memory of training depends on besides the network and its batch size. */
export interface GpuMemoryOptions {
  optimizer: TrainingOptions['optimizer'];
  tuning: Tuning;
  /** Bytes of the largest buffer. */
  limit: number;
  /** Images to train on; 0 if there are none yet. */
  images: number;
}

/** The most submits of training steps whose reports are on their way at the same time. */
const SUBMITS_IN_FLIGHT = PUMP.chunksInFlight * Math.ceil(PUMP.mostSteps / MAX_STEPS_PER_SUBMIT);

/**
 * Takes the memory of a training step from the plan that would run. WebGPU reports how large one
 * buffer may be, but not how much memory there is.
 */
export function gpuMemory(model: ResolvedModel, { optimizer, tuning, limit, images }: GpuMemoryOptions): MemoryModel {
  return {
    limits: { buffer: limit, total: Infinity },
    needAt: (batchSize) => needOf(planTraining(model, { batchSize, tuning, optimizer }), images),
    describe: ({ largestBuffer: { use, bytes } }) =>
      `${binaryBytes(bytes)} of ${use}; this GPU allows ${binaryBytes(limit)} in one buffer.`,
  };
}

function needOf(plan: TrainingPlan, images: number): MemoryNeed {
  const arenas = arenaBytes(plan);
  const bytes = noBytes();
  for (const one of arenas) bytes[USE_OF[one.arena]] += one.bytes;
  bytes.bookkeeping += besidePlan(plan, images);
  const { arena, bytes: most } = required(arenas.at(0), 'arena in the plan');
  return { bytes, largestBuffer: { use: USE_OF[arena], bytes: most }, layers: layerBytes(plan, arena) };
}

/**
 * Bytes that a network in training takes besides its plan: the order of the images, the records of
 * the steps of a submit, and the staging buffers through which their reports come back.
 */
function besidePlan({ update: { metrics } }: TrainingPlan, images: number): number {
  return orderBytes(images) + STEPS_BYTES + SUBMITS_IN_FLIGHT * 4 * metrics.length;
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
