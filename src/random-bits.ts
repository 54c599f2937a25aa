/**
 * Random bits by position instead of in sequence, so every thread of a GPU can draw its own. The
 * arithmetic uses integers only and gives the same numbers here and in shaders/dropout.wgsl.
 */

/**
 * 2^32 divided by the golden ratio. It keeps the input from being 0, which the mix would leave
 * unchanged.
 */
const GOLDEN = 0x9e3779b9;

/**
 * A permutation of the 32-bit integers in which every bit depends on all others (C. Wellons,
 * https://nullprogram.com/blog/2018/07/31/).
 */
function mix(bits: number): number {
  let z = bits >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x7feb352d);
  z = Math.imul(z ^ (z >>> 15), 0x846ca68b);
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * The key of one tensor of draws. It differs, without any pattern, for each layer and each step.
 */
export function drawKey(seed: number, layer: number, step: number): number {
  return mix(mix(mix(seed + GOLDEN) + layer + GOLDEN) + step + GOLDEN);
}

/** Element `i` of the tensor, uniform over the integers from 0 to 2^32 - 1. */
export function drawBits(key: number, i: number): number {
  return mix(mix(i + GOLDEN) ^ key);
}
