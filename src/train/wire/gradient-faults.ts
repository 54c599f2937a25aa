import type { GradientCheck } from './protocol';

/**
 * Relative errors below this are float32 rounding
 * (https://cs231n.github.io/neural-networks-3/#gradcheck).
 */
export const AGREES = 1e-3;
/** Relative errors above this are a wrong backward pass; in between, one should look. */
export const WRONG = 1e-2;

/**
 * What a tensor's figures mean. `untested`: every entry tried was on a kink. `unreached`: the time
 * ran out before.
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

/** A layer whose own backward pass is wrong, though the gradient that it receives is right. */
export interface Fault {
  layer: string;
  tensors: GradientCheck['tensor'][];
  /**
   * dL/dx is among them: every layer before gets a wrong gradient, and nothing can be said of its
   * own backward pass.
   */
  spreads: boolean;
  /**
   * It is the last layer of the network: what it receives comes from the loss, which is not checked
   * apart.
   */
  last: boolean;
}

/**
 * The faults behind wrong gradients, on the way back from the loss. A layer is at fault where one
 * of its gradients is wrong and dL/dx of all layers behind it is right: what it makes its gradients
 * of is right then. Where its dL/dx is wrong the search ends, because every gradient of the layers
 * before is made of that.
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
