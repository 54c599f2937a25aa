import type { LayerDiagnostics } from '../../../train/wire/protocol';
import type { Guide } from '../../kit/plot/guide-line';
import type { Spread } from './layer-curves';
import { formatNumber, formatPercent } from '../../kit/words/format';

export const QUANTITY_NAMES = [
  'gradientNorm',
  'updateRatio',
  'weightNorm',
  'activationMean',
  'activationStd',
  'deadUnits',
  'saturated',
] as const;
export type QuantityName = (typeof QUANTITY_NAMES)[number];

/** A quantity that has one number per layer at a step. */
export interface Quantity {
  /** The text on the switch. */
  label: string;
  title: string;
  /** What the axis measures. */
  unit: string;
  /** The name in the head of a column. */
  measure: string;
  /** The name in a sentence. */
  noun: string;
  /** The quantity's meaning, its usual values, and what they tell. */
  help: string;
  spread: Spread;
  format: (value: number) => string;
  guide?: Guide;
  /**
   * Computes the value from the diagnostics of a layer; null if the quantity has no meaning there.
   * Omitted for the gradient norm, which is known for every step.
   */
  of?: (layer: LayerDiagnostics) => number | null;
  /** The text that explains why no layer has a value. */
  missing: string;
}

/**
 * "A rough heuristic is that this ratio should be somewhere around 1e-3": CS231n, Karpathy, "Neural
 * Networks Part 3: Learning and Evaluation", section "Ratio of weights:updates",
 * https://cs231n.github.io/neural-networks-3/#ratio
 */
const USUAL_UPDATE_RATIO = 1e-3;

/**
 * The update of a layer's weights in one step, relative to the weights. Null if the layer has no
 * weights, or all of them are 0.
 */
export function updateRatio({
  updateNorm,
  weightNorm,
}: Pick<LayerDiagnostics, 'updateNorm' | 'weightNorm'>): number | null {
  return updateNorm === null || weightNorm === null || weightNorm === 0 ? null : updateNorm / weightNorm;
}

export const QUANTITIES: Record<QuantityName, Quantity> = {
  gradientNorm: {
    label: 'Gradient norm',
    title: 'Gradient norm',
    unit: 'L2 norm, log scale',
    measure: 'L2 norm',
    noun: 'gradient norm',
    help:
      'How long the gradient of each layer’s weights is, all of its tensors together; of a layer without weights, ' +
      'the gradient of its output. Layers should lie within a few decades of each other.',
    spread: 'decades',
    format: formatNumber,
    missing: 'No layer before the loss has anything to train, so there are no gradients.',
  },
  updateRatio: {
    label: 'Update ratio',
    title: 'Update-to-weight ratio',
    unit: '‖ΔW‖ / ‖W‖ per step, log scale',
    measure: '‖ΔW‖/‖W‖',
    noun: 'update ratio',
    help:
      'By what part of itself a step changes the weights of a layer. Around 1e-3 is usual (CS231n notes): far above ' +
      'it the learning rate is likely too large, far below it too small.',
    spread: 'decades',
    format: formatNumber,
    guide: { value: USUAL_UPDATE_RATIO, label: 'usual, about 1e-3 (CS231n)' },
    of: updateRatio,
    missing: 'No layer of this network has weights, or it has more of them than can be read back while it trains.',
  },
  weightNorm: {
    label: 'Weight norm',
    title: 'Weight norm',
    unit: 'L2 norm, log scale',
    measure: 'L2 norm',
    noun: 'weight norm',
    help:
      'How long the weights of each layer are, all of its tensors together. A norm that keeps growing means that the ' +
      'learning rate is large or that weight decay is missing.',
    spread: 'decades',
    format: formatNumber,
    of: ({ weightNorm }) => weightNorm,
    missing: 'No layer of this network has weights, or it has more of them than can be read back while it trains.',
  },
  activationMean: {
    label: 'Activation mean',
    title: 'Activation mean',
    unit: 'mean output of the layer',
    measure: 'mean',
    noun: 'activation mean',
    help: 'The mean of what a layer answers to a few validation images. Of the last layer: its logits.',
    spread: 'linear',
    format: formatNumber,
    of: ({ activationMean }) => activationMean,
    missing: 'The network has no layers.',
  },
  activationStd: {
    label: 'Activation std',
    title: 'Activation standard deviation',
    unit: 'standard deviation of the output',
    measure: 'standard deviation',
    noun: 'activation standard deviation',
    help:
      'How much the answers of a layer to a few validation images vary. Shrinking from layer to layer it means that ' +
      'the signal dies on its way forward; growing, that it explodes.',
    spread: 'linear',
    format: formatNumber,
    of: ({ activationStd }) => activationStd,
    missing: 'The network has no layers.',
  },
  deadUnits: {
    label: 'Dead units',
    title: 'Dead units',
    unit: 'share of units that answer 0 to everything',
    measure: 'share of units',
    noun: 'share of dead units',
    help:
      'Units whose relu was 0 for all of a few validation images, everywhere. They pass no ' +
      'gradient back, and seldom recover.',
    spread: 'share',
    format: formatPercent,
    of: ({ deadUnits }) => deadUnits,
    missing: 'Only layers with relu can have dead units; this network has none.',
  },
  saturated: {
    label: 'Saturated',
    title: 'Saturated outputs',
    unit: 'share of outputs where the activation is flat',
    measure: 'share of outputs',
    noun: 'share of saturated outputs',
    help:
      'Outputs through which no gradient flows back: relu at 0 (half of them is usual), ' +
      'sigmoid and tanh within 1 % of an end.',
    spread: 'share',
    format: formatPercent,
    of: ({ saturated }) => saturated,
    missing: 'No layer of this network has an activation that can be flat.',
  },
};
