import { at } from '../../at';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf } from '../../model/shape';
import type { NormSlot } from '../../model/norm-slots';
import type { ReferenceNetwork } from '../../reference/network';

type Float32Network = ReferenceNetwork<Float32Array>;

/**
 * Adds the gradient of l2 * sum of w^2 to the gradient of every tensor named `weight`, as Keras's
 * L2 regularizer does for kernels.
 */
export function addL2({ layers }: Float32Network, l2: number): void {
  if (l2 === 0) return;
  for (const { weights, gradients } of layers) {
    const [w, g] = [weights.weight, gradients.weight];
    for (let i = 0; w && g && i < w.length; i++) g[i] = (g[i] ?? NaN) + 2 * l2 * (w[i] ?? NaN);
  }
}

/** L2 norms of the gradients of the last backward pass, one for each slot. */
export function gradientNorms({ layers }: Float32Network, slots: readonly NormSlot[], count: number): Float32Array {
  const norms = new Float32Array(slots.length);
  let slot = 0;
  for (const { layer, gradients, outputGradient } of layers) {
    const trained = layer.weights.filter(isTrainable);
    // Layers before the first trainable one have no slot.
    if (slot === 0 && trained.length === 0) continue;
    for (const { name, shape } of trained) norms[slot++] = norm(gradients[name]!, sizeOf(shape));
    norms[slot++] = norm(outputGradient, count * sizeOf(layer.outputShape));
  }
  return norms;
}

/**
 * The factor that reduces the norm of all gradients of trained tensors to the allowed norm; 1 if
 * the norm is within the limit, or if `globalClipnorm` is 0. Pascanu, Mikolov & Bengio 2013,
 * algorithm 1.
 */
export function clipScale(norms: Float32Array, slots: readonly NormSlot[], globalClipnorm: number): number {
  const norm = Math.hypot(...norms.filter((_, slot) => at(slots, slot).tensor !== 'output'));
  return globalClipnorm > 0 && norm > globalClipnorm ? globalClipnorm / norm : 1;
}

/** Moves every running average towards its value for the last batch. */
export function updateAverages({ layers }: Float32Network): void {
  for (const { layer, weights, gradients } of layers) {
    for (const { name, averageMomentum } of layer.weights) {
      if (averageMomentum === undefined) continue;
      const [average, batchValue] = [weights[name]!, gradients[name]!];
      for (let i = 0; i < average.length; i++)
        average[i] = (average[i] ?? NaN) * averageMomentum + (batchValue[i] ?? NaN) * (1 - averageMomentum);
    }
  }
}

/** L2 norm, summed in float64, in which the squares of float32 numbers cannot overflow. */
function norm(values: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? NaN;
    sum += value * value;
  }
  return Math.sqrt(sum);
}
