import { at } from '../at';
import type { ErrorReport } from '../errors';
import { binaryBytes } from '../model/bytes';
import { MEMORY_USES, type MemoryLimits, type MemoryUse, type NetworkCost } from '../model/cost';
import { firstTrainable } from '../model/norm-slots';
import type { ResolvedModel } from '../model/resolve';
import { SETTING_FIELDS } from '../model/settings';

/** The memory that training takes at some batch size. */
export interface MemoryNeed {
  bytes: Record<MemoryUse, number>;
  /** The largest single buffer. */
  largestBuffer: { use: MemoryUse; bytes: number };
  /** Bytes of each layer, in layer order. They show which layer to make smaller. */
  layers: number[];
}

/** How a backend computes its estimate. */
export interface MemoryModel {
  limits: MemoryLimits;
  /** The memory that training takes on this backend. Allocates nothing. */
  needAt(batchSize: number): MemoryNeed;
  /** Says which limit the need exceeds. The text continues "The network needs ...". */
  describe(need: MemoryNeed): string;
}

/**
 * Estimates the cost of training a network. If the network does not fit, the result says so; the
 * function does not throw.
 */
export function estimateCost(model: ResolvedModel, batchSize: number, memory: MemoryModel): NetworkCost {
  const { limits } = memory;
  const need = memory.needAt(batchSize);
  const totalBytes = totalOf(need);
  const fits = (one: MemoryNeed) => one.largestBuffer.bytes <= limits.buffer && totalOf(one) <= limits.total;
  const most = largestBatch(SETTING_FIELDS.batchSize.max, (size) => fits(memory.needAt(size)));
  return {
    batchSize,
    parameters: model.parameters,
    multiplyAdds: model.multiplyAdds,
    multiplyAddsPerStep: batchSize * trainingMultiplyAdds(model),
    bytes: need.bytes,
    totalBytes,
    largestBuffer: need.largestBuffer,
    limits,
    share: Math.max(need.largestBuffer.bytes / limits.buffer, totalBytes / limits.total),
    largestBatch: most,
    problem: fits(need) ? null : refusal(model, batchSize, memory, most),
  };
}

/** Bytes by use, none of anything. */
export function noBytes(): Record<MemoryUse, number> {
  return Object.fromEntries(MEMORY_USES.map((use) => [use, 0])) as Record<MemoryUse, number>;
}

export function totalOf({ bytes }: Pick<MemoryNeed, 'bytes'>): number {
  return MEMORY_USES.reduce((sum, use) => sum + bytes[use], 0);
}

/**
 * The largest batch, up to `most`, that passes; 0 if none does. Memory grows with the batch, so
 * bisection finds the limit.
 */
export function largestBatch(most: number, passes: (batchSize: number) => boolean): number {
  if (passes(most)) return most;
  let [good, bad] = [0, most];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (passes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * The gradient with respect to a layer's weights takes as many multiply-adds as its forward pass,
 * and so does the gradient with respect to its input. No gradients are computed before the first
 * trainable layer, nor for the input of that layer.
 */
function trainingMultiplyAdds({ layers }: ResolvedModel): number {
  const first = firstTrainable(layers);
  return layers.reduce((sum, { multiplyAdds, parameters }, l) => {
    const passes = 1 + Number(parameters > 0) + Number(first >= 0 && l > first);
    return sum + multiplyAdds * passes;
  }, 0);
}

function refusal(model: ResolvedModel, batchSize: number, memory: MemoryModel, most: number): ErrorReport {
  if (most > 0) {
    const needs = memory.describe(memory.needAt(batchSize));
    return {
      what: `at a batch size of ${inWords(batchSize)} the network needs ${needs}`,
      where: { field: 'batchSize' },
      remedy: `The largest batch that fits is ${inWords(most)}.`,
    };
  }
  const single = memory.needAt(1);
  const bytes = Math.max(...single.layers);
  const layer = at(model.layers, single.layers.indexOf(bytes)).id;
  const share = `Of that, ${layer} takes ${binaryBytes(bytes)}.`;
  return {
    what: `even with one image the network needs ${memory.describe(single)} ${share}`,
    where: { layer },
    remedy: 'Give it fewer filters or units, or a smaller input: larger strides, or pooling before it.',
  };
}

const inWords = (count: number) => count.toLocaleString('en-US');
