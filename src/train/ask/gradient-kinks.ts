import { at } from '../../at';
import type { ReferenceNetwork } from '../../reference/network';

/**
 * Two outputs whose difference is below this share of the largest output of their layer differ only
 * by float32 rounding.
 */
const ROUNDING = 1e-4;

/**
 * Finds where float32 and float64 decide a relu or a maximum differently, although they computed
 * the same values except for rounding. There the two are on different sides of a kink, and both
 * derivatives are right. Returns positions in the output of each layer.
 * @param network in float64, after a pass over the images; its outputs are overwritten
 * @param images [n, H, W, C]
 * @param outputs of the network in float32, for each layer, [n, ...outputShape]
 * @param choices of the network in float64, for each layer
 */
export function findContested(
  network: ReferenceNetwork<Float64Array>,
  images: Float64Array,
  outputs: readonly Float32Array[],
  choices: readonly Int32Array[],
): number[][] {
  const near = network.layers.map(({ output }, l) => nearness(at(outputs, l), output.slice()));
  network.layers.forEach(({ output }, l) => output.set(at(outputs, l)));
  const batch = images.length / network.model.spec.input.reduce((a, b) => a * b);
  return choices.map((exact, l) => {
    const single = new Int32Array(exact.length);
    network.choices(l, images, batch, single);
    const positions: number[] = [];
    const isNear = at(near, l);
    single.forEach((choice, i) => choice !== exact[i] && isNear(i) && positions.push(i));
    return positions;
  });
}

function nearness(single: Float32Array, exact: Float64Array): (at: number) => boolean {
  let largest = 0;
  for (const value of exact) largest = Math.max(largest, Math.abs(value));
  return (at) => Math.abs((single[at] ?? NaN) - (exact[at] ?? NaN)) <= ROUNDING * largest;
}

export function sameChoices(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Like {@link sameChoices}, but only at these positions. */
export function sameAt(a: Int32Array, b: Int32Array, positions: readonly number[]): boolean {
  return positions.every((at) => a[at] === b[at]);
}
