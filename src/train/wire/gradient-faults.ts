import type { GradientCheck } from './protocol';

/**
 * Relative errors below this come from float32 rounding
 * (https://cs231n.github.io/neural-networks-3/#gradcheck).
 */
export const AGREES = 1e-3;
/** Relative errors above this mean a wrong backward pass. Errors in between are doubtful. */
export const WRONG = 1e-2;

/**
 * What the figures of a tensor mean. `untested`: all entries that the check tried were on a kink.
 * `unreached`: the time ran out before the check reached the tensor.
 */
export type Verdict = 'agrees' | 'doubtful' | 'wrong' | 'untested' | 'unreached';

export function verdictOf({
  relativeError,
  compared,
  skipped,
}: Pick<GradientCheck, 'relativeError' | 'compared' | 'skipped'>): Verdict {
  if (compared === 0) return skipped > 0 ? 'untested' : 'unreached';
  if (relativeError < AGREES) return 'agrees';
  return relativeError <= WRONG ? 'doubtful' : 'wrong';
}

/** A layer whose own backward pass is wrong, although it receives the right gradient. */
export interface Fault {
  layer: string;
  tensors: GradientCheck['tensor'][];
  /**
   * The layer's dL/dx is wrong. All layers before it then receive a wrong gradient, and the check
   * says nothing about their own backward passes.
   */
  spreads: boolean;
  /**
   * The layer is the last one of the network. It receives its gradient from the loss, which is not
   * checked separately.
   */
  last: boolean;
}

/**
 * Finds the faults that cause wrong gradients, going back from the loss. A layer is at fault if one
 * of its gradients is wrong and dL/dx of all later layers is right, because the layer then receives
 * a right gradient. If its own dL/dx is wrong, the search ends, because every gradient of the
 * earlier layers is computed from that.
 * @param results in the order of the layers, from the input
 */
export function faultsOf(results: readonly GradientCheck[]): Fault[] {
  const faults: Fault[] = [];
  const last = results.at(-1)?.layer;
  for (const layer of [...new Set(results.map((result) => result.layer))].reverse()) {
    const tensors = results
      .filter((result) => result.layer === layer && verdictOf(result) === 'wrong')
      .map(({ tensor }) => tensor);
    if (tensors.length === 0) continue;
    const spreads = tensors.includes('input');
    faults.push({ layer, tensors, spreads, last: layer === last });
    if (spreads) break;
  }
  return faults;
}
