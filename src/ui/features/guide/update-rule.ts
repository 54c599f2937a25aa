import type { OptimizerSettings } from '../../../model/optimizers';

/**
 * An update rule as lines of a formula, and what is special about it. g is the gradient, w the
 * weight, η the learning rate.
 */
export interface UpdateRule {
  lines: readonly string[];
  words: string;
}

/**
 * The rule of an optimizer with its current settings. The formulas are those of Keras
 * (https://keras.io/api/optimizers/), as the engine implements them.
 */
export function updateRule(optimizer: OptimizerSettings): UpdateRule {
  const { kind, learningRate: rate } = optimizer;
  switch (kind) {
    case 'sgd':
      return {
        lines: [`w ← w − ${rate} · g`],
        words: 'Straight against the gradient: ten times the gradient, ten times the step.',
      };
    case 'momentum':
      return {
        lines: [`v ← ${optimizer.momentum} · v − ${rate} · g`, 'w ← w + v'],
        words: 'It rolls on: steps in the same direction add up, steps back and forth cancel out.',
      };
    case 'nesterov':
      return {
        lines: [`v ← ${optimizer.momentum} · v − ${rate} · g`, `w ← w + ${optimizer.momentum} · v − ${rate} · g`],
        words: 'Momentum that looks ahead: it steps from where the last movement would have taken it.',
      };
    case 'rmsprop':
      return {
        lines: [
          `v ← ${optimizer.rho} · v + (1 − ${optimizer.rho}) · g²`,
          `w ← w − ${rate} · g / √(v + ${optimizer.epsilon})`,
        ],
        words: 'Each gradient is divided by its own recent size, so all weights move at about the same pace.',
      };
    case 'adagrad':
      return {
        lines: [
          's ← s + g²',
          `w ← w − ${rate} · g / √(${optimizer.initialAccumulatorValue} + s + ${optimizer.epsilon})`,
        ],
        words:
          'Each gradient is divided by the size of all gradients so far: weights that moved a lot slow down for good.',
      };
    case 'adam':
      return { lines: adamLines(optimizer), words: ADAM_WORDS };
    case 'adamw':
      return {
        lines: [`w ← w − ${rate} · ${optimizer.weightDecay} · w`, ...adamLines(optimizer)],
        words: `All weights first shrink a little. ${ADAM_WORDS}`,
      };
    default:
      return optimizer satisfies never;
  }
}

const ADAM_WORDS =
  'The mean of the recent gradients divided by their recent size: as long as a gradient keeps its sign, the step ' +
  'is about the learning rate, however small the gradient is.';

function adamLines({
  learningRate,
  beta1,
  beta2,
  epsilon,
}: Extract<OptimizerSettings, { kind: 'adam' | 'adamw' }>): string[] {
  return [
    `m ← ${beta1} · m + (1 − ${beta1}) · g`,
    `v ← ${beta2} · v + (1 − ${beta2}) · g²`,
    `w ← w − ${learningRate} · √(1 − ${beta2}ᵗ) / (1 − ${beta1}ᵗ) · m / (√v + ${epsilon})`,
  ];
}
