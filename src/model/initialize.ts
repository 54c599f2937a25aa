import { required } from '../errors';
import { createRandom } from '../random';
import { fillInitial } from './initializers';
import { sizeOf, type WeightName } from './shape';
import type { ResolvedModel } from './resolve';

/** A tensor with its shape, as the scripting console hands it out. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** Tensors of one layer by name. */
export type LayerWeights = Partial<Record<WeightName, Tensor>>;

/**
 * Weights of a network by layer id, in the layouts of Keras: convolution [kh, kw, in, out], dense
 * [in, out], bias [out].
 */
export type Weights = Record<string, LayerWeights>;

/** One tensor of the weights. @throws MissingError if the layer has no tensor of this name. */
export function tensorOf(weights: Weights, layer: string, name: WeightName): Tensor {
  return required(weights[layer]?.[name], `tensor "${name}" of ${layer} in the weights`);
}

/**
 * Initial weights. Every tensor has its own stream of random numbers, so that a change of one layer
 * does not change the initial weights of the others.
 */
export function initialWeights(model: ResolvedModel, seed: number): Weights {
  const weights: Weights = {};
  model.layers.forEach((layer, l) => {
    if (layer.weights.length === 0) return;
    const tensors: LayerWeights = {};
    weights[layer.id] = tensors;
    layer.weights.forEach((spec, w) => {
      const data = fillInitial(
        new Float32Array(sizeOf(spec.shape)),
        spec.initializer,
        spec,
        createRandom(seed, 1, l, w),
      );
      tensors[spec.name] = { shape: [...spec.shape], data };
    });
  });
  return weights;
}
