import { errorFrom, type ErrorReport } from '../errors';

/** The uses of memory by a network in training. */
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
 * The memory limits of a backend, in bytes. WebGPU reports how large one buffer may be, but not how
 * much memory there is.
 */
export interface MemoryLimits {
  /** Limit of a single buffer; Infinity if buffers have no limit. */
  buffer: number;
  /** Limit of all memory together; Infinity if it is unknown. */
  total: number;
}

/**
 * The cost of training a network, computed before anything is allocated. The images of the data set
 * are not included, nor what questions and evaluations take besides.
 */
export interface NetworkCost {
  batchSize: number;
  /** Trained numbers. */
  parameters: number;
  /** Multiply-adds of the forward pass for one image. */
  multiplyAdds: number;
  /** Multiply-adds of the forward and backward pass for a whole batch. */
  multiplyAddsPerStep: number;
  bytes: Record<MemoryUse, number>;
  totalBytes: number;
  /** The largest single buffer. */
  largestBuffer: { use: MemoryUse; bytes: number };
  limits: MemoryLimits;
  /** Used share of the tightest limit. The network does not fit if the share is above 1. */
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
