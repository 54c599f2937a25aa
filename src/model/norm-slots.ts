import type { ResolvedModel } from './resolve';

/** Which tensor a gradient norm belongs to; `output` is dL/d(output of the layer). */
export interface NormSlot {
  layer: string;
  tensor: 'weight' | 'bias' | 'output';
}

/**
 * The gradient norms that every engine reports of a training step, in this order: for each layer from the input on, its
 * weight and its bias where it has them, then its output. Training computes no gradient before the first trainable layer,
 * where nobody has a use for it: those layers have no slot.
 */
export function normSlots(model: ResolvedModel): NormSlot[] {
  const first = model.layers.findIndex(({ weights }) => weights.length > 0);
  if (first < 0) return [];
  return model.layers
    .slice(first)
    .flatMap(({ id, weights }) => [
      ...weights.map(({ name }): NormSlot => ({ layer: id, tensor: name })),
      { layer: id, tensor: 'output' as const },
    ]);
}
