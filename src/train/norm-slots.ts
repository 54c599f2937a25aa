import type { ResolvedModel } from '../model/resolve';
import type { NormSlot } from './engine';

/**
 * The gradient norms that every engine reports of a training step, in this order: for each layer from the input on, its
 * weight and its bias where it has them, then its output.
 */
export function normSlots(model: ResolvedModel): NormSlot[] {
  return model.layers.flatMap(({ id, weights }) => [
    ...weights.map(({ name }): NormSlot => ({ layer: id, tensor: name })),
    { layer: id, tensor: 'output' as const },
  ]);
}
