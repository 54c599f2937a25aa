import { required } from '../../errors';
import type { LayerWeights, Tensor } from '../../model/initialize';
import type { WeightName } from '../../model/shape';

/** Returns one tensor of a layer. @throws MissingError if the layer has none of that name. */
export function tensorOf(tensors: LayerWeights | undefined, name: WeightName): Tensor {
  return required(tensors?.[name], `tensor "${name}"`);
}

/** Logits [n, classes], one row after the other: the output of the last layer. */
export function logitsOf(outputs: readonly Tensor[]): Float32Array {
  return required(outputs.at(-1), 'output of a last layer').data;
}

/** Size of the last dimension, which is the number of channels or units. */
export function channelsOf(shape: readonly number[]): number {
  return required(shape.at(-1), 'dimension of a tensor');
}
