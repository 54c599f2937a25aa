import type { Weights } from '../model/initialize';
import { sizeOf } from '../model/layer-kind';
import type { ResolvedModel } from '../model/resolve';
import { ReferenceNetwork } from '../reference/network';
import { float64 } from '../reference/numbers';
import type { GradientCheck } from './protocol';

/** Half the width of a difference, for values around 1: float64 leaves about nine digits, and few kinks fall into it. */
const STEP = 1e-6;

/** The float64 reference network, to be nudged one number at a time. */
export interface Probe {
  /** The reference's own dL/d(tensor). */
  gradient(layer: number, tensor: GradientCheck['tensor']): Float64Array;
  /**
   * dL/d(entry) as a central difference, or null if a relu or maximum switches within the step. Layers before `layer` must
   * be undisturbed: go from the last layer to the first, or call `restart`.
   */
  difference(layer: number, tensor: GradientCheck['tensor'], at: number): number | null;
  /** Recomputes all outputs, undisturbed. */
  restart(): void;
}

/**
 * @param images [n, H, W, C]
 * @param labels [n]
 */
export function createProbe(model: ResolvedModel, weights: Weights, images: Float32Array, labels: Uint8Array): Probe {
  const batch = labels.length;
  const input = Float64Array.from(images);
  const network = new ReferenceNetwork(model, float64);
  network.setWeights(weights);
  network.backward(input, labels, batch, true);
  const lengths = model.layers.map(({ outputShape }) => batch * sizeOf(outputShape));
  const choicesOf = (l: number) => {
    const into = new Int32Array(lengths[l]);
    network.choices(l, input, batch, into);
    return into;
  };
  const undisturbed = lengths.map((_, l) => choicesOf(l));
  const scratch = lengths.map((length) => new Int32Array(length));

  /** Mean loss with the layers from `first` on recomputed, or null if one of them decides differently than undisturbed. */
  const lossFrom = (first: number): number | null => {
    network.forward(input, batch, first);
    for (let l = first; l < lengths.length; l++) {
      network.choices(l, input, batch, scratch[l]);
      if (!sameChoices(scratch[l], undisturbed[l])) return null;
    }
    return network.loss(labels, batch).loss;
  };

  return {
    gradient(layer, tensor) {
      if (tensor !== 'input') return network.layers[layer].gradients[tensor]!.slice();
      return (layer === 0 ? network.inputGradient : network.layers[layer - 1].nextInputGradient).slice();
    },
    difference(layer, tensor, at) {
      const inputOf = () => (layer === 0 ? input : network.layers[layer - 1].output);
      const values = tensor === 'input' ? inputOf() : network.layers[layer].weights[tensor]!;
      const kept = values[at];
      const step = STEP * Math.max(1, Math.abs(kept));
      values[at] = kept + step;
      const above = lossFrom(layer);
      values[at] = kept - step;
      const below = above === null ? null : lossFrom(layer);
      values[at] = kept;
      return above === null || below === null ? null : (above - below) / (2 * step);
    },
    restart: () => network.forward(input, batch),
  };
}

function sameChoices(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
