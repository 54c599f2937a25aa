import { at } from '../../../at';
import { isNormalization, type InputScaling } from '../../../model/input-scaling';
import { isTrainable } from '../../../model/layer-kind';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../../../model/resolve';
import type { OptimizerKind, TrainSettings } from '../../../model/settings';
import { kindOf } from '../../../model/spec';
import type { BatchTrace, BatchUpdate } from '../../../train/wire/protocol';
import { formatCount, formatNumber } from '../../kit/words/format';
import { scalingWords } from '../../kit/words/scaling-words';
import { readersOf, sourceOf, type Stage } from './stages';

/**
 * Explains what happens in a stage, in a sentence or two for someone who sees it for the first
 * time.
 */
export function explain(stage: Stage, model: ResolvedModel, trace: BatchTrace): string {
  switch (stage.kind) {
    case 'input':
      return (
        `Step ${formatCount(trace.step)} takes the next ${formatCount(trace.labels.length)} of the shuffled training ` +
        `images, ${pixelWords(model.spec.inputScaling)}. The network sees all of them at once; pick one below to ` +
        'follow it.'
      );
    case 'forward':
      return explainForward(model, stage.layer);
    case 'loss':
      return (
        'Softmax turns the scores of the last layer into probabilities. The loss of an image is −log of the ' +
        'probability of its true class: 0 for a sure and right answer, large for a sure and wrong one. The loss of ' +
        'the batch is the mean.'
      );
    case 'backward':
      return explainBackward(model, stage.layer);
    case 'update':
      return (
        'Every weight moves a little against its gradient, so that the loss of this batch would be smaller. This ' +
        'really trains the network: one step, like any other.'
      );
    default:
      return stage satisfies never;
  }
}

function pixelWords(scaling: InputScaling = 'unit'): string {
  if (scaling === 'unit') return 'each pixel a number from 0 to 1';
  if (isNormalization(scaling)) return 'each pixel less the mean of its channel, divided by the deviation';
  return `each pixel scaled to ${scalingWords(scaling)}`;
}

function explainForward(model: ResolvedModel, index: number): string {
  const { spec, skipFrom } = at(model.layers, index);
  const skip = skipFrom === undefined ? '' : ` and, over the skip connection, that of ${at(model.layers, skipFrom).id}`;
  const readers = readersOf(model, index);
  const on =
    readers.length > 0
      ? `passes its answer on to ${readers.join(' and ')}`
      : 'ends with one score per class, the logits';
  return `${kindOf(spec.kind).help} It takes the output of ${sourceOf(model, index)}${skip}, and ${on}.`;
}

function explainBackward(model: ResolvedModel, index: number): string {
  const layer = at(model.layers, index);
  const readers = readersOf(model, index);
  const from = readers.length > 0 ? readers.join(' and ') : 'the loss';
  const sum = readers.length > 1 ? ' (the sum of what both send back)' : '';
  const own = layer.weights.some(isTrainable)
    ? ' It works out the gradient of its own weights, which the update will use,'
    : '';
  const to = own ? ' and' : ' It';
  return (
    `The layer hears from ${from} how much the loss would change with each number of its output${sum}.${own}${to} ` +
    `${passesOn(model, index)}`
  );
}

/** Explains how a layer changes the gradient on its way back to the layer's input. */
function passesOn(model: ResolvedModel, index: number): string {
  const { spec, skipFrom } = at(model.layers, index);
  const kind = kindOf(spec.kind);
  const source = sourceOf(model, index);
  if (skipFrom !== undefined)
    return (
      `hands the same gradient to ${source} and to ` +
      `${at(model.layers, skipFrom).id}: a sum passes it to both unchanged.`
    );
  if (kind.isView?.(spec, true)) return `gives it to ${source} as it is: only the shape changes.`;
  if (kind.routesGradient?.(spec))
    return `sends each gradient to the one number that won its window, and 0 to all others, for ${source}.`;
  return `tells ${source} how much the loss would change with each number of its output.`;
}

/**
 * The name of the activation that a layer applies itself, or '' if it applies none. Softmax does
 * not count: it is part of the loss.
 */
export function activationName(layer: ResolvedLayer): string {
  const activation = activationOf(layer.spec);
  return activation === 'linear' || activation === 'softmax' ? '' : activation;
}

const ADAM = [
  'm ← β₁ · m + (1 − β₁) · g',
  'v ← β₂ · v + (1 − β₂) · g²',
  'w ← w − η · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)   in the t-th step',
];

/**
 * Each optimizer's update rule in short, as in `reference/optimizers.ts`. g is the gradient of a
 * weight, η the learning rate.
 */
export const OPTIMIZER_FORMULAS: Record<OptimizerKind, readonly string[]> = {
  sgd: ['w ← w − η · g'],
  momentum: ['v ← μ · v − η · g', 'w ← w + v'],
  nesterov: ['v ← μ · v − η · g', 'w ← w + μ · v − η · g'],
  rmsprop: ['v ← ρ · v + (1 − ρ) · g²', 'w ← w − η · g / √(v + ε)'],
  adagrad: ['v ← v + g²', 'w ← w − η · g / √(v₀ + v + ε)   (v₀ the initial accumulator)'],
  adam: ADAM,
  adamw: ['w ← w − η · λ · w   (λ the weight decay)', ...ADAM],
};

/**
 * Describes what happens to the gradients between the backward pass and the optimizer. Empty if
 * nothing does.
 */
export function beforeTheOptimizer(
  { l2, globalClipnorm }: TrainSettings,
  { gradientNorm, clipScale }: BatchTrace,
): string[] {
  const decay = l2 > 0 ? [`L2 adds ${formatNumber(2 * l2)} · w to the gradient of every weight w.`] : [];
  if (globalClipnorm === 0) return decay;
  const norm = `The norm of all gradients together is ${formatNumber(gradientNorm)}`;
  if (clipScale === 1)
    return [...decay, `${norm}, within the ${formatNumber(globalClipnorm)} allowed: nothing is clipped.`];
  return [
    ...decay,
    `${norm}, more than the ${formatNumber(globalClipnorm)} allowed: all are multiplied by ${formatNumber(clipScale)}.`,
  ];
}

/** Two float32 sums over a batch in different orders differ by less than this. */
const AGREES = 1e-3;

/**
 * Says whether the gradients of the step equalled those of the trace. `agrees` is null where they
 * cannot be compared.
 */
export function compareWithTrace(trace: BatchTrace, update: BatchUpdate): { agrees: boolean | null; words: string } {
  const [foretold, found] = [trace.gradientNorm, update.gradientNorm];
  const both = `${formatNumber(found)} in the step, ${formatNumber(foretold)} when stepping through`;
  if (update.halted) {
    return {
      agrees: null,
      words: 'A number was no longer finite, so the step was not applied: all weights are as they were.',
    };
  }
  const difference = Math.abs(found - foretold) / Math.max(found, foretold, Number.MIN_VALUE);
  const agrees = difference < AGREES;
  const verdict = agrees ? 'they agree but for rounding' : `they differ by ${formatNumber(100 * difference)} %`;
  return { agrees, words: `Norm of all gradients: ${both}; ${verdict}.` };
}
