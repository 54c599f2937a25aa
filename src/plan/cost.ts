import { errorFrom, type ErrorReport } from '../errors';
import { binaryBytes } from '../model/bytes';
import { MEMORY_USES, type MemoryLimits, type MemoryUse, type NetworkCost } from '../model/cost';
import type { Arena } from './kernels/launch';
import type { ResolvedModel } from '../model/resolve';
import { SETTING_FIELDS } from '../model/settings';
import { buildPlan, type Plan, type PlanOptions } from './plan';

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

/** Bytes of every arena of a plan, the largest first. */
function arenaBytes({ arenas }: Plan): { arena: Arena; bytes: number }[] {
  const entries = Object.entries(arenas) as [Arena, number][];
  return entries.map(([arena, elements]) => ({ arena, bytes: elements * 4 })).sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of everything that a plan allocates. */
export function planBytes(plan: Plan): number {
  return arenaBytes(plan).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes of everything but the weights, which plans of the same network share. */
export function bytesBesideWeights(plan: Plan): number {
  return planBytes(plan) - 4 * (plan.arenas.parameters ?? 0);
}

/** Whether every arena fits a buffer, and all of them the memory. */
export function fitsLimits(plan: Plan, { buffer, total }: MemoryLimits): boolean {
  return arenaBytes(plan)[0].bytes <= buffer && planBytes(plan) <= total;
}

/**
 * The largest batch, up to `most`, whose plan passes; 0 if none does. Memory grows with the batch,
 * so it is found by bisection. Plans are plain data: nothing is allocated.
 */
export function largestBatch(
  model: ResolvedModel,
  options: Omit<PlanOptions, 'batchSize'>,
  most: number,
  passes: (plan: Plan) => boolean,
): number {
  const passesAt = (batchSize: number) => passes(buildPlan(model, { ...options, batchSize }));
  if (passesAt(most)) return most;
  let [good, bad] = [0, most];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (passesAt(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * Images that go through a network together without training should take no more than this many
 * bytes, to leave room for it.
 */
const ASIDE_BYTES = 256 * 2 ** 20;

/**
 * How many images, up to `most` and at least one, to send through a network together beside its
 * training.
 */
export function batchAside(
  model: ResolvedModel,
  options: Omit<PlanOptions, 'batchSize'>,
  most: number,
  limits: MemoryLimits,
): number {
  const passes = (plan: Plan) => bytesBesideWeights(plan) <= ASIDE_BYTES && fitsLimits(plan, limits);
  return Math.max(1, largestBatch(model, options, most, passes));
}

/**
 * What a network costs under the very plan that would run it. Never throws for a network that does
 * not fit: it says so.
 */
export function estimateCost(model: ResolvedModel, options: PlanOptions, limits: MemoryLimits): NetworkCost {
  const plan = buildPlan(model, options);
  const arenas = arenaBytes(plan);
  const bytes = Object.fromEntries(MEMORY_USES.map((use) => [use, 0])) as NetworkCost['bytes'];
  for (const one of arenas) bytes[USE_OF[one.arena]] += one.bytes;
  const totalBytes = planBytes(plan);
  const most = largestBatch(model, options, SETTING_FIELDS.batchSize.max, (other) => fitsLimits(other, limits));
  return {
    batchSize: options.batchSize,
    parameters: model.parameters,
    multiplyAdds: model.multiplyAdds,
    multiplyAddsPerStep: options.batchSize * trainingMultiplyAdds(model, plan),
    bytes,
    totalBytes,
    largestBuffer: { use: USE_OF[arenas[0].arena], bytes: arenas[0].bytes },
    limits,
    share: Math.max(arenas[0].bytes / limits.buffer, totalBytes / limits.total),
    largestBatch: most,
    problem: fitsLimits(plan, limits) ? null : refusal(model, options, limits, most),
  };
}

/** @throws PlaygroundError in the words of the estimate, if the network does not fit. */
export function requireRoom({ problem }: NetworkCost): void {
  if (problem) throw errorFrom(problem);
}

/**
 * A layer's gradients by its weights and by its input take as many multiply-adds each as its
 * forward pass.
 */
function trainingMultiplyAdds(model: ResolvedModel, plan: Plan): number {
  const passes = plan.layers.map(({ partials, dx }) => 1 + Number(partials.length > 0) + Number(dx !== null));
  return model.layers.reduce((sum, { multiplyAdds }, l) => sum + multiplyAdds * passes[l], 0);
}

function refusal(model: ResolvedModel, options: PlanOptions, limits: MemoryLimits, most: number): ErrorReport {
  if (most > 0) {
    const needs = needsInWords(buildPlan(model, options), limits);
    return {
      what: `at a batch size of ${inWords(options.batchSize)} the network needs ${needs}`,
      where: { field: 'batchSize' },
      remedy: `The largest batch that fits is ${inWords(most)}.`,
    };
  }
  const single = buildPlan(model, { ...options, batchSize: 1 });
  const { layer, bytes } = largestLayer(model, single);
  return {
    what: `even with one image the network needs ${needsInWords(single, limits)} Of that, ${layer} takes ${binaryBytes(bytes)}.`,
    where: { layer },
    remedy: 'Give it fewer filters or units, or a smaller input: larger strides, or pooling before it.',
  };
}

/** Which limit is passed, and by what. */
function needsInWords(plan: Plan, { buffer, total }: MemoryLimits): string {
  const [{ arena, bytes }] = arenaBytes(plan);
  if (bytes > buffer)
    return `${binaryBytes(bytes)} of ${USE_OF[arena]}; this GPU allows ${binaryBytes(buffer)} in one buffer.`;
  return `${binaryBytes(planBytes(plan))} of memory; without a GPU at most ${binaryBytes(total)} are used.`;
}

/** The layer with the largest part of the largest arena. */
function largestLayer(model: ResolvedModel, plan: Plan): { layer: string; bytes: number } {
  const [{ arena }] = arenaBytes(plan);
  const lengths = plan.layers.map(({ id, y, dy, partials }) => {
    const weights = plan.parameters.tensors.filter(({ layer }) => layer === id);
    const sum = (tensors: { length: number }[]) => tensors.reduce((total, { length }) => total + length, 0);
    const inArena = [y, dy, ...partials.map(({ tensor }) => tensor)].filter((tensor) => tensor.arena === arena);
    return USE_OF[arena] === 'workspace' ? y.length : sum(inArena) || sum(weights);
  });
  const l = lengths.indexOf(Math.max(...lengths));
  return { layer: model.layers[l].id, bytes: lengths[l] * 4 };
}

const inWords = (count: number) => count.toLocaleString('en-US');
