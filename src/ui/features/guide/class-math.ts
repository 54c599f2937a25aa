import type { Activation } from '../../../model/activations';
import { LEAKY_SLOPE } from '../../../model/activations';

/** Probabilities from logits; the largest is subtracted first, so that exp never overflows. */
export function softmax(logits: ArrayLike<number>): number[] {
  const scores = Array.from(logits);
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * Cross-entropy of one image in nats, -log p of its class, from the logits: finite where p itself
 * would round to 0.
 */
export function crossEntropy(logits: ArrayLike<number>, label: number): number {
  const scores = Array.from(logits);
  const most = Math.max(...scores);
  return Math.log(scores.reduce((total, score) => total + Math.exp(score - most), 0)) + most - scores[label];
}

/**
 * dL/d(logits) of softmax with cross-entropy for one image: p - y, y being 1 at the label and 0
 * elsewhere.
 */
export const logitGradient = (probabilities: readonly number[], label: number): number[] =>
  probabilities.map((p, index) => p - (index === label ? 1 : 0));

/** What adds up to the score of one class. */
export interface Evidence {
  /** Sum of the products above 0, and of those below. */
  for: number;
  against: number;
  bias: number;
  score: number;
}

/** The score of one unit of a dense layer, in parts. @param input [in] @param weight [in, units] */
export function evidenceFor(
  input: Float32Array,
  weight: Float32Array,
  bias: number,
  units: number,
  unit: number,
): Evidence {
  const sums = { for: 0, against: 0 };
  input.forEach((x, i) => {
    const product = x * weight[i * units + unit];
    sums[product > 0 ? 'for' : 'against'] += product;
  });
  return { ...sums, bias, score: sums.for + sums.against + bias };
}

/**
 * Slope of an activation where its output is `a`; null where the output does not tell (gelu and
 * silu fall and rise). Softmax counts as linear here: it is part of the loss.
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
