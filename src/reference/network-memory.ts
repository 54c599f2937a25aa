import { needsPreactivation } from '../model/activations';
import { activationOf, type ResolvedModel } from '../model/resolve';
import { sizeOf } from '../model/shape';
import { kindOf } from '../model/spec';
import { mathOf } from './layers';

/** Bytes that a {@link ReferenceNetwork} in float32 holds after training steps at a batch size. */
export interface NetworkMemory {
  weights: number;
  gradients: number;
  activations: number;
  activationGradients: number;
  /** Working memory that the layers share. */
  workspace: number;
}

/** What a network would hold, worked out without allocating any of it. */
export function networkMemory({ layers }: ResolvedModel, batch: number): NetworkMemory {
  const memory = { weights: 0, gradients: 0, activations: 0, activationGradients: 0 };
  const branches = new Set(layers.map(({ skipFrom }) => skipFrom));
  const scratch = new Map<string, number>();
  layers.forEach(({ spec, inputShape, outputShape, weights }, l) => {
    const weightBytes = 4 * weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const outputBytes = 4 * batch * sizeOf(outputShape);
    const kept = kindOf(spec.kind).fusesActivation && needsPreactivation(activationOf(spec));
    memory.weights += weightBytes;
    memory.gradients += weightBytes;
    memory.activations += outputBytes * (kept ? 2 : 1);
    memory.activationGradients += outputBytes * (branches.has(l) ? 2 : 1);
    const arrays = mathOf(spec.kind).workspace?.({ spec, inputShape, outputShape, batch }) ?? {};
    for (const [name, length] of Object.entries(arrays)) {
      scratch.set(name, Math.max(length, scratch.get(name) ?? 0));
    }
  });
  const numbers = [...scratch.values()].reduce((sum, length) => sum + length, 0);
  return { ...memory, workspace: Float64Array.BYTES_PER_ELEMENT * numbers };
}
