import { at } from '../../../at';
import type { Activation } from '../../../model/activations';
import { LEAKY_SLOPE } from '../../../model/activations';

/**
 * Computes probabilities from logits. It subtracts the largest logit first, so exp never overflows.
 */
export function softmax(logits: ArrayLike<number>): number[] {
  const scores = Array.from(logits);
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * Cross-entropy of one image in nats, -log p of its class. It is computed from the logits, so it
 * stays finite where p itself would round to 0.
 */
export function crossEntropy(logits: ArrayLike<number>, label: number): number {
  const scores = Array.from(logits);
  const most = Math.max(...scores);
  return Math.log(scores.reduce((total, score) => total + Math.exp(score - most), 0)) + most - at(scores, label);
}

/**
 * dL/d(logits) of softmax with cross-entropy for one image: p - y, where y is 1 at the label and 0
 * elsewhere.
 */
export const logitGradient = (probabilities: readonly number[], label: number): number[] =>
  probabilities.map((p, index) => p - (index === label ? 1 : 0));

/** The parts that add up to the score of one class. */
export interface Evidence {
  /** The sum of the positive products; `against` has the sum of the negative ones. */
  for: number;
  against: number;
  bias: number;
  score: number;
}

/**
 * Splits the score of one unit of a dense layer into parts.
 * @param input [in]
 * @param weight [in, units]
 */
export function evidenceFor(
  input: Float32Array,
  weight: Float32Array,
  bias: number,
  units: number,
  unit: number,
): Evidence {
  const sums = { for: 0, against: 0 };
  input.forEach((x, i) => {
    const product = x * at(weight, i * units + unit);
    sums[product > 0 ? 'for' : 'against'] += product;
  });
  return { ...sums, bias, score: sums.for + sums.against + bias };
}

/**
 * The slope of an activation where its output is `a`. Null if the output does not determine it
 * (gelu and silu fall and rise). Softmax counts as linear here: it is part of the loss.
 */
export function slopeAt(activation: Activation, a: number): number | null {
  switch (activation) {
    case 'linear':
    case 'softmax':
      return 1;
    case 'relu':
      return a > 0 ? 1 : 0;
    case 'leakyRelu':
      return a > 0 ? 1 : LEAKY_SLOPE;
    case 'elu':
      return a > 0 ? 1 : a + 1;
    case 'sigmoid':
      return a * (1 - a);
    case 'tanh':
      return 1 - a * a;
    case 'gelu':
    case 'silu':
      return null;
    default:
      return activation satisfies never;
  }
}
