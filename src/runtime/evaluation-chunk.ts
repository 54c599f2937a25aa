import type { Tuning } from '../model/kernel';
import type { ResolvedModel } from '../model/resolve';

/** Fewest and most images to evaluate in one submit. */
const FEWEST = 100;
const MOST = 1000;
/** A training step goes forward once and backward twice: to the inputs and to the weights. */
const PASSES_OF_STEP = 3;
/** Multiply-adds that each thread can do without being felt: some tens of milliseconds on a slow GPU, a few on a fast one. */
const WORK_OF_THREAD = 3e5;

/**
 * Images to evaluate in one submit beside the training. Each submit waits for the two chunks of steps that are always on their way,
 * however short it is itself: many small ones take long for nothing. So one may take as long as a step, or as is not felt.
 * @param batchSize of a training step
 * @param rows to evaluate in all
 */
export function evaluationChunk({ multiplyAdds }: ResolvedModel, { threads }: Tuning, batchSize: number, rows: number): number {
  const unfelt = Math.floor((threads * WORK_OF_THREAD) / Math.max(multiplyAdds, 1));
  return Math.min(Math.max(FEWEST, PASSES_OF_STEP * batchSize, unfelt), MOST, Math.max(FEWEST, rows));
}
