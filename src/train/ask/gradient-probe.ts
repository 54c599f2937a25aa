import { at } from '../../at';
import { required } from '../../errors';
import type { Weights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import { ReferenceNetwork } from '../../reference/network';
import { float32, float64, type Numbers, type NumbersOf } from '../../reference/numbers';
import { findContested, sameAt, sameChoices } from './gradient-kinks';
import type { GradientCheck } from '../wire/protocol';

/**
 * Half the width of a difference, for values around 1. With this width float64 keeps about nine
 * figures, and few kinks lie within the step.
 */
const STEP = 1e-6;
/**
 * Half the width in which to look for a decision that float32 and float64 make differently.
 */
const WIDE_STEP = 1e-4;

type TensorName = GradientCheck['tensor'];

/** The network and the batch whose loss the probe computes. */
export interface ProbeCase {
  model: ResolvedModel;
  weights: Weights;
  /** [n, H, W, C], scaled as the first layer sees them */
  images: Float32Array;
  /** [n] */
  labels: Uint8Array;
  /** Seed of the run. Dropout draws from it as in step 0. */
  seed: number;
}

/** The float64 reference network in training mode. The probe changes one number of it at a time. */
export interface Probe {
  /** dL/d(tensor) from the reference's own backward pass. */
  gradient(layer: number, tensor: TensorName): Float64Array;
  /**
   * Largest |dL/d(entry)| of the same pass in float32. If the true gradient is 0, this value is
   * the result of rounding.
   */
  largestInFloat32(layer: number, tensor: TensorName): number;
  /**
   * dL/d(entry) as a central difference, or null if a relu or maximum switches within the step.
   * Layers before `layer` must be undisturbed, so callers go from the last layer to the first or
   * call `restart`.
   */
  difference(layer: number, tensor: TensorName, at: number): number | null;
  /**
   * Whether the entry is so close to a kink that it affects a decision that float32 makes
   * differently. Disturbs the layers as `difference` does.
   */
  touchesContested(layer: number, tensor: TensorName, at: number): boolean;
  /** Recomputes all outputs, undisturbed. */
  restart(): void;
}

/** @param outputs what the network under test computed for each layer, [n, ...outputShape] */
export function createProbe(probed: ProbeCase, outputs: readonly Float32Array[]): Probe {
  const { model, labels } = probed;
  const batch = labels.length;
  const { network, input } = passed(probed, float64);
  const largest = largestGradients(probed);
  const lengths = model.layers.map(({ outputShape }) => batch * sizeOf(outputShape));
  const choicesNow = (l: number, into: Int32Array, ownInput?: Float64Array) => {
    network.choices(l, input, batch, into, ownInput);
    return into;
  };
  const undisturbed = lengths.map((length, l) => choicesNow(l, new Int32Array(length)));
  const contested = findContested(network, input, outputs, undisturbed);
  network.forward(input, batch);
  const scratch = lengths.map((length) => new Int32Array(length));
  const [everywhere, whereContested] = [
    (l: number) => sameChoices(at(scratch, l), at(undisturbed, l)),
    (l: number) => sameAt(at(scratch, l), at(undisturbed, l), at(contested, l)),
  ];

  /**
   * Mean loss after recomputing the layers from `first` on, or null if one of them decides
   * differently than in the undisturbed network.
   */
  const lossFrom = (first: number, ownInput: Float64Array | undefined, same: (l: number) => boolean): number | null => {
    network.forward(input, batch, first, ownInput);
    for (let l = first; l < lengths.length; l++) {
      choicesNow(l, at(scratch, l), l === first ? ownInput : undefined);
      if (!same(l)) return null;
    }
    return network.loss(labels, batch).loss;
  };

  const inputOf = (layer: number) => (layer === 0 ? input : at(network.layers, layer - 1).output);

  /**
   * Losses on both sides of an entry, and the distance between them; null where a decision differs.
   */
  const nudged = (layer: number, tensor: TensorName, at: number, width: number, same: (l: number) => boolean) => {
    // A copy, because the same tensor may also feed a skip connection, which must not change.
    const ownInput = tensor === 'input' ? inputOf(layer).slice() : undefined;
    const weight = tensor === 'input' ? undefined : network.layers[layer]?.weights[tensor];
    const values = ownInput ?? required(weight, `weight "${tensor}"`);
    const kept = values[at] ?? NaN;
    const step = width * Math.max(1, Math.abs(kept));
    values[at] = kept + step;
    const above = lossFrom(layer, ownInput, same);
    values[at] = kept - step;
    const below = above === null ? null : lossFrom(layer, ownInput, same);
    values[at] = kept;
    return above === null || below === null ? null : (above - below) / (2 * step);
  };

  return {
    gradient: (layer, tensor) => gradientOf(network, layer, tensor).slice(),
    largestInFloat32: (layer, tensor) => required(largest[layer]?.get(tensor), `gradient of ${tensor}`),
    difference: (layer, tensor, at) => nudged(layer, tensor, at, STEP, everywhere),
    touchesContested: (layer, tensor, at) =>
      contested.some(({ length }) => length > 0) && nudged(layer, tensor, at, WIDE_STEP, whereContested) === null,
    restart: () => network.forward(input, batch),
  };
}

/** A reference network after one backward pass. */
function passed<T extends Numbers>({ model, weights, images, labels, seed }: ProbeCase, create: NumbersOf<T>) {
  const network = new ReferenceNetwork(model, create);
  network.mode = { training: true, seed, step: 0 };
  network.setWeights(weights);
  const input = create(images.length);
  input.set(images);
  network.backward(input, labels, labels.length, true);
  return { network, input };
}

function gradientOf<T extends Numbers>(network: ReferenceNetwork<T>, layer: number, tensor: TensorName): T {
  if (tensor !== 'input') return required(network.layers[layer]?.gradients[tensor], `gradient of ${tensor}`);
  return layer === 0 ? network.inputGradient : at(network.layers, layer - 1).nextInputGradient;
}

function largestGradients(probed: ProbeCase): Map<TensorName, number>[] {
  const { network } = passed(probed, float32);
  return probed.model.layers.map(({ weights }, l) => {
    const names: TensorName[] = ['input', ...weights.filter(isTrainable).map(({ name }) => name)];
    return new Map(names.map((name) => [name, largestOf(gradientOf(network, l, name))]));
  });
}

/** Largest absolute value. */
export function largestOf(values: Numbers): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] ?? NaN));
  return largest;
}
