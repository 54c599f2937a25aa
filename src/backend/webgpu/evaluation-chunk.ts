import type { Tuning } from '../../plan/dispatch';
import type { ResolvedModel } from '../../model/resolve';

/** Fewest and most images to evaluate in one submit. */
const FEWEST = 100;
const MOST = 1000;
/**
 * Multiply-adds that each thread can do without a noticeable delay: some tens of milliseconds on a
 * slow GPU, a few on a fast one.
 */
const WORK_OF_THREAD = 3e5;

/**
 * Images to evaluate in one submit beside the training. Each submit, however short, waits for the
 * two chunks of steps that are always in flight. If many images cause no noticeable delay, small
 * chunks would only make the evaluation slower. If they do, small chunks leave the training nearly
 * all of its speed meanwhile.
 * @param rows number of rows to evaluate in all
 */
export function evaluationChunk({ multiplyAdds }: ResolvedModel, { threads }: Tuning, rows: number): number {
  const unfelt = Math.floor((threads * WORK_OF_THREAD) / Math.max(multiplyAdds, 1));
  return Math.min(Math.max(FEWEST, unfelt), MOST, Math.max(FEWEST, rows));
}
