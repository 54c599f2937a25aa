import { errorFrom, type ErrorReport } from '../errors';

/** What a training network keeps in memory. */
export const MEMORY_USES = [
  'weights',
  'gradients',
  'optimizer state',
  'activations',
  'activation gradients',
  'partial sums of weight gradients',
  'workspace',
  'bookkeeping',
] as const;
export type MemoryUse = (typeof MEMORY_USES)[number];

/**
 * What a backend can hold, in bytes. WebGPU tells how large one buffer may be, but not how much
 * memory there is.
 */
export interface MemoryLimits {
  /** Of any one buffer; Infinity where buffers are not the bound. */
  buffer: number;
  /** Of everything together; Infinity where nobody knows. */
  total: number;
}

/**
 * What a network would cost to train, worked out before anything is allocated. The images of the
 * data set come on top.
 */
export interface NetworkCost {
  batchSize: number;
  /** Trained numbers. */
  parameters: number;
  /** Of the forward pass for one image. */
  multiplyAdds: number;
  /** Of forward and backward pass for a whole batch. */
  multiplyAddsPerStep: number;
  bytes: Record<MemoryUse, number>;
  totalBytes: number;
  /** The largest single buffer. */
  largestBuffer: { use: MemoryUse; bytes: number };
  limits: MemoryLimits;
  /** Share of the limit that it comes closest to; it does not fit above 1. */
  share: number;
  /** The largest batch that fits, 4,096 at most; 0 where not even one image does. */
  largestBatch: number;
  /** Why it cannot be trained; null where it can. */
  problem: ErrorReport | null;
}

/** @throws PlaygroundError in the words of the estimate, if the network does not fit. */
export function requireRoom({ problem }: NetworkCost): void {
  if (problem) throw errorFrom(problem);
}
