import { isTrainable, type WeightSpec } from '../model/layer-kind';
import { sizeOf, type Shape, type WeightName } from '../model/shape';
import type { ResolvedModel } from '../model/resolve';
import { required } from '../errors';
import { padded } from './allocator';
import type { TensorRef } from './dispatch';

/** Where a tensor lies in the arenas `parameters`, `gradients`, `moment1` and `moment2`. */
export interface ParameterTensor {
  layer: string;
  name: WeightName;
  shape: Shape;
  /** See `WeightSpec.averageMomentum`: given for running averages only. */
  averageMomentum?: number;
  offset: number;
  length: number;
}

export interface ParameterLayout {
  /** In depth order. */
  tensors: ParameterTensor[];
  /** Number of elements that the optimizer updates. The running averages come after them. */
  trainable: number;
  /** Elements of the arenas `parameters` and `gradients`. */
  length: number;
}

/** The layout depends only on the model, so that plans of all batch sizes share the weights. */
export function layOutParameters(model: ResolvedModel): ParameterLayout {
  let end = 0;
  const place = (layer: string, { name, shape, averageMomentum }: WeightSpec): ParameterTensor => {
    const offset = end;
    end += padded(sizeOf(shape));
    return { layer, name, shape, averageMomentum, offset, length: sizeOf(shape) };
  };
  const placed = new Map<WeightSpec, ParameterTensor>();
  const all = model.layers.flatMap(({ id, weights }) => weights.map((spec) => ({ id, spec })));
  for (const { id, spec } of all) if (isTrainable(spec)) placed.set(spec, place(id, spec));
  const trainable = padded(end);
  end = trainable;
  for (const { id, spec } of all) if (!isTrainable(spec)) placed.set(spec, place(id, spec));
  return {
    tensors: all.map(({ spec, id }) => required(placed.get(spec), `place for ${spec.name} of ${id}`)),
    trainable,
    length: padded(end),
  };
}

/**
 * The stretch of an arena with this layout that holds a tensor.
 * @throws MissingError if the layer has none of that name.
 */
export function parameterRef(
  layout: ParameterLayout,
  layer: string,
  name: WeightName,
  arena: 'parameters' | 'gradients' = 'parameters',
): TensorRef {
  return required(optionalParameter(layout, layer, name, arena), `tensor "${name}" of ${layer}`);
}

/** Like {@link parameterRef}, but null if the layer has none of that name. */
export function optionalParameter(
  layout: ParameterLayout,
  layer: string,
  name: WeightName,
  arena: 'parameters' | 'gradients' = 'parameters',
): TensorRef | null {
  const found = layout.tensors.find((tensor) => tensor.layer === layer && tensor.name === name);
  return found ? { arena, offset: found.offset, length: found.length } : null;
}
