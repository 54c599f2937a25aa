import { createRandom, type Random } from '../random';
import { sizeOf, type WeightName, type WeightSpec } from './layer-kind';
import type { ResolvedModel } from './resolve';

/** A tensor with its shape, as the scripting console hands it out. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** Tensors of one layer by name. */
export type LayerWeights = Partial<Record<WeightName, Tensor>>;

/** Weights of a network by layer id, in the layouts of Keras: convolution [kh, kw, in, out], dense [in, out], bias [out]. */
export type Weights = Record<string, LayerWeights>;

/** Fresh weights. Every tensor has its own stream, so that changing one layer leaves the others as they were. */
export function initialWeights(model: ResolvedModel, seed: number): Weights {
  const weights: Weights = {};
  model.layers.forEach((layer, l) => {
    if (layer.weights.length === 0) return;
    weights[layer.id] = {};
    layer.weights.forEach((spec, w) => {
      weights[layer.id][spec.name] = { shape: [...spec.shape], data: initialTensor(spec, createRandom(seed, 1, l, w)) };
    });
  });
  return weights;
}

function initialTensor(spec: WeightSpec, random: Random): Float32Array {
  const data = new Float32Array(sizeOf(spec.shape));
  switch (spec.initializer.kind) {
    case 'zeros':
      return data;
    case 'ones':
      return data.fill(1);
    case 'glorotUniform': {
      // Glorot & Bengio 2010, equation 16: uniform in ±sqrt(6 / (fanIn + fanOut)).
      const limit = Math.sqrt(6 / (spec.fanIn + spec.fanOut));
      return data.map(() => (2 * random.uniform() - 1) * limit);
    }
    default:
      return spec.initializer.kind satisfies never;
  }
}
