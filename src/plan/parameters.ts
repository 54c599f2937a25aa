import type { TensorRef } from '../model/kernel';
import { sizeOf, type Shape } from '../model/layer-kind';
import type { ResolvedModel } from '../model/resolve';
import { padded } from './allocator';

/** Where each trainable tensor lies in the arenas `parameters`, `gradients`, `moment1` and `moment2`. */
export interface ParameterTensor {
  layer: string;
  name: 'weight' | 'bias';
  shape: Shape;
  offset: number;
  length: number;
}

export interface ParameterLayout {
  tensors: ParameterTensor[];
  /** Elements of each of the four arenas. */
  length: number;
}

/** Depends on the model alone, so that plans for any batch size share one set of weights. */
export function layOutParameters(model: ResolvedModel): ParameterLayout {
  const tensors: ParameterTensor[] = [];
  let end = 0;
  for (const layer of model.layers) {
    for (const { name, shape } of layer.weights) {
      tensors.push({ layer: layer.id, name, shape, offset: end, length: sizeOf(shape) });
      end += padded(sizeOf(shape));
    }
  }
  return { tensors, length: padded(end) };
}

/** The stretch of the parameter arena that holds a tensor, if the layer has it. */
export function parameterRef(layout: ParameterLayout, layer: string, name: ParameterTensor['name']): TensorRef | null {
  const found = layout.tensors.find((tensor) => tensor.layer === layer && tensor.name === name);
  return found ? { arena: 'parameters', offset: found.offset, length: found.length } : null;
}
