import { isTrainable } from './layer-kind';
import type { WeightName } from './shape';
import type { ResolvedLayer, ResolvedModel } from './resolve';

/** Which tensor a gradient norm belongs to; `output` is dL/d(output of the layer). */
export interface NormSlot {
  layer: string;
  tensor: WeightName | 'output';
}

/**
 * Index of the first layer with something to train, -1 for none: training computes no gradient
 * before it.
 */
export function firstTrainable(layers: readonly Pick<ResolvedLayer, 'weights'>[]): number {
  return layers.findIndex(({ weights }) => weights.some(isTrainable));
}

/**
 * The gradient norms that every engine reports of a training step, in this order: for each layer
 * from the input on, its trainable tensors, then its output. Layers before the first trainable one
 * have no slot.
 */
export function normSlots(model: ResolvedModel): NormSlot[] {
  const first = firstTrainable(model.layers);
  if (first < 0) return [];
  return model.layers
    .slice(first)
    .flatMap(({ id, weights }) => [
      ...weights.filter(isTrainable).map(({ name }): NormSlot => ({ layer: id, tensor: name })),
      { layer: id, tensor: 'output' as const },
    ]);
}
