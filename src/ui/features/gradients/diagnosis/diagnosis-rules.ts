import { formatExact, formatNumber } from '../../../kit/words/format';
import type { Evidence, LayerEvidence } from './evidence';
import { DANGER, times, WARNING, type Finding } from './finding';

const share = (value: number) => `${Math.round(100 * value)} %`;

/**
 * A rule looks for one fault. Its thresholds come in pairs: a value beyond `enter` reports the
 * fault, and only a value back within `stay` clears it. A value that wavers around a threshold
 * therefore does not make the words flicker.
 * @param level picks from such a pair for a layer, or for the network as a whole
 */
export type Rule = (
  evidence: Evidence,
  level: (enter: number, stay: number, layer?: string) => number,
) => Omit<Finding, 'kind'> | null;

/** The run was stopped, or a number is not finite any more. */
const notFinite: Rule = ({ fault }) =>
  fault && {
    layer: fault.layer,
    ...DANGER,
    headline:
      'Not finite: NaN, infinity or overflow first in ' +
      `${fault.layer ?? 'the loss'} at step ${formatExact(fault.step)}`,
    advice: 'Numbers grew beyond what float32 can hold. Lower the learning rate or clip the gradients, and start over.',
    quantity: 'gradientNorm',
  };

/**
 * A gradient norm above 100. The gradient of the mean cross-entropy by the logits is at most
 * sqrt(2) long (p - y has entries in [-1, 1] that sum to 0), and a picture of n pixels in 0..1 at
 * most sqrt(n), which is below 40 for small pictures: anything far above that was multiplied on its
 * way back, or came in as bytes up to 255. Clipping (Pascanu et al. 2013, "On the difficulty of
 * training recurrent neural networks") is usually set between 1 and 10.
 */
const exploding: Rule = ({ gradients, inputScaling }, level) => {
  const worst = gradients.toSorted((a, b) => b.norm - a.norm).at(0);
  if (!worst || worst.norm <= level(100, 50, worst.layer)) return null;
  return {
    layer: worst.layer,
    ...DANGER,
    headline: `Exploding: the gradient of ${worst.layer} has a norm of ${formatNumber(worst.norm)}`,
    advice:
      inputScaling === 'bytes'
        ? 'The input goes up to 255, and the gradients with it: scale it to 0..1 (under Data), or lower the ' +
          'learning rate.'
        : 'Lower the learning rate, clip the gradients (Clip norm in the settings), or add batch normalization.',
    quantity: 'gradientNorm',
  };
};

/**
 * All weights of a layer are 0: then all its units do the same, and no gradient passes through it
 * (Goodfellow et al. 2016, Deep Learning, section 8.4: initial weights have to "break symmetry").
 */
const zeroWeights: Rule = ({ layers }) => {
  const zero = layers.find(({ weightNorm }) => weightNorm === 0);
  if (!zero) return null;
  return {
    layer: zero.layer,
    ...DANGER,
    headline: `Zero weights: all weights of ${zero.layer} are 0, and they stay 0`,
    advice: 'Choose another initializer for it, such as Glorot or He: its units have to begin differently.',
    quantity: 'weightNorm',
  };
};

/** Every unit of a layer is 0 for every image: nothing after it can depend on the input. */
const deadLayer: Rule = ({ layers }) => {
  const dead = layers.find(({ deadUnits }) => deadUnits === 1);
  if (!dead) return null;
  return {
    layer: dead.layer,
    ...DANGER,
    headline: `Dead: all ${dead.units ? `${dead.units} ` : ''}units of ${dead.layer} answer 0 to everything`,
    advice:
      'No layer after it sees the image, and no gradient passes back through it. Start ' +
      'over with a lower learning rate.',
    quantity: 'deadUnits',
  };
};

/**
 * The logits are so far apart that softmax says 0 and 1, while the loss is worse than that of a
 * network that knows nothing. From a difference of 16.6 on, the smaller of two probabilities is
 * below 2^-24: float32 cannot tell the larger one from 1.
 */
const logitsTooLarge: Rule = ({ layers, loss, classes }, level) => {
  const last = layers.at(-1);
  if (!last || loss === null || loss < Math.log(classes) || last.activationStd <= level(16, 12, last.layer))
    return null;
  return {
    layer: last.layer,
    ...DANGER,
    headline:
      `Logits too large: those of ${last.layer} vary by ` +
      `±${formatNumber(last.activationStd)}, and softmax is 0 or 1 whatever it sees`,
    advice: 'Lower the learning rate, scale the images to 0..1, or start from smaller weights.',
    quantity: 'activationStd',
  };
};

/**
 * A layer's gradient is less than a thousandth of that of a later layer. With Glorot's
 * initialization the gradients lie within one or two decades (Glorot & Bengio 2010, "Understanding
 * the difficulty of training deep feedforward neural networks", figure 7).
 */
const vanishing: Rule = ({ gradients, layers }, level) => {
  // Layers that let no gradient through at all have a rule of their own.
  const blocked = new Set(layers.slice(0, layers.findLastIndex(blocks) + 1).map(({ layer }) => layer));
  for (const [i, { layer, norm }] of gradients.entries()) {
    if (norm === 0 && blocked.has(layer)) continue;
    const later = gradients.slice(i + 1);
    const largest = later.toSorted((a, b) => b.norm - a.norm).at(0);
    if (!largest || !(largest.norm > 0) || !(norm / largest.norm < level(1e-3, 3e-3, layer))) continue;
    const how =
      norm === 0
        ? 'gets no gradient at all'
        : `gets a gradient ${times(largest.norm / norm)}× smaller than ${largest.layer}`;
    return {
      layer,
      ...DANGER,
      headline: `Vanishing: ${layer} ${how}`,
      advice: 'Use relu instead of sigmoid or tanh, fewer layers, skip connections (Add), or batch normalization.',
      quantity: 'gradientNorm',
    };
  }
  return null;
};

/** Every unit is dead, or every weight is 0: no gradient reaches the layers before it. */
const blocks = ({ deadUnits, weightNorm }: LayerEvidence) => deadUnits === 1 || weightNorm === 0;

/** Training runs although the network has nothing to learn. */
const nothingToTrain: Rule = ({ gradients, loss }) => {
  if (loss === null || gradients.length > 0) return null;
  return {
    layer: null,
    ...WARNING,
    headline: 'Nothing to train: no layer of this network has weights',
    advice: 'Add a layer that has some, such as Dense.',
    quantity: 'gradientNorm',
  };
};

/**
 * All gradients are exactly 0, which a vanishing gradient never is: it was multiplied by 0 on its
 * way back, or the loss does not depend on the weights.
 */
const noGradient: Rule = ({ gradients }) => {
  if (gradients.length === 0 || gradients.some(({ norm }) => norm !== 0)) return null;
  return {
    layer: null,
    ...WARNING,
    headline: 'No gradient: that of every trained layer is 0',
    advice: 'The weights stay as they are. Either the loss cannot become smaller, or a layer lets nothing through.',
    quantity: 'gradientNorm',
  };
};

/**
 * A step changes a tenth of the weights' size: a hundred times the usual ratio (CS231n, see
 * quantities.ts).
 */
const stepsTooLarge: Rule = ({ layers }, level) => {
  const known = layers
    .filter((layer) => layer.updateRatio !== null)
    .toSorted((a, b) => b.updateRatio! - a.updateRatio!);
  const worst = known.at(0);
  if (!worst || worst.updateRatio! <= level(0.1, 0.05, worst.layer)) return null;
  return {
    layer: worst.layer,
    ...WARNING,
    headline: `Update ratio ${formatNumber(worst.updateRatio!)} in ${worst.layer}: learning rate too large`,
    advice: 'Every step rewrites a good part of the weights; about 1e-3 is usual. Try a tenth of the learning rate.',
    quantity: 'updateRatio',
  };
};

/**
 * The loss of a network that gives every class the same probability is ln K. Within 0.02 of that
 * after 50 steps it has learnt nothing but, at best, how frequent the classes are: where they are
 * about equally frequent, that lowers the loss by a few thousandths.
 */
const equallyLikely: Rule = ({ loss, accuracy, classes, step }, level) => {
  // With a single class the answer is always right.
  if (
    classes < 2 ||
    loss === null ||
    step < 50 ||
    accuracy! > 2 / classes ||
    Math.abs(loss - Math.log(classes)) > level(0.02, 0.05)
  )
    return null;
  return {
    layer: null,
    ...DANGER,
    headline: `All classes equally likely: the loss stays at ln ${classes} = ${formatNumber(Math.log(classes))}`,
    advice:
      'The network answers the same to every image. Look for a layer without gradient, or try another learning rate.',
    quantity: 'gradientNorm',
  };
};

/**
 * CS231n (notes on ReLU) names "as much as 40 %" dead units, over all data, as a sign of a learning
 * rate set too high. A few images leave more units silent than the whole data would, so the
 * threshold here is 60 %.
 */
const deadUnits: Rule = ({ layers }, level) => {
  // A layer that is dead as a whole has a rule of its own.
  const partly = layers.filter((layer) => layer.deadUnits !== null && layer.deadUnits < 1);
  const worst = partly.toSorted((a, b) => b.deadUnits! - a.deadUnits!).at(0);
  if (!worst || worst.deadUnits! < level(0.6, 0.5, worst.layer)) return null;
  const count = worst.units
    ? `${Math.round(worst.deadUnits! * worst.units)} of ${worst.units}`
    : `${share(worst.deadUnits!)} of the`;
  return {
    layer: worst.layer,
    ...WARNING,
    headline: `Dead: ${count} units of ${worst.layer} answer 0 to everything`,
    advice:
      'They were 0 for all of a few validation images and pass no gradient back. Lower ' +
      'the learning rate, or use leaky relu.',
    quantity: 'deadUnits',
  };
};

/**
 * Half of the outputs of a sigmoid or tanh are at an end of its range, where it is flat: no
 * gradient passes through them (Glorot & Bengio 2010, section 3).
 */
const saturated: Rule = ({ layers }, level) => {
  // For relu, the rule on dead units looks at the share of zeros; half of them is usual.
  const bounded = layers.filter((layer) => layer.saturated !== null && layer.deadUnits === null);
  const worst = bounded.toSorted((a, b) => b.saturated! - a.saturated!).at(0);
  if (!worst || worst.saturated! < level(0.5, 0.4, worst.layer)) return null;
  return {
    layer: worst.layer,
    ...WARNING,
    headline: `Saturated: ${share(worst.saturated!)} of the outputs of ${worst.layer} lie where its activation is flat`,
    advice: 'No gradient flows back through those. Start from smaller weights, or use relu.',
    quantity: 'saturated',
  };
};

/**
 * Every layer changes by less than a hundredth of the usual ratio while there is much left to
 * learn.
 */
const stepsTooSmall: Rule = ({ layers, gradients, loss, classes, step }, level) => {
  const ratios = layers.flatMap(({ updateRatio }) => (updateRatio === null ? [] : [updateRatio]));
  if (ratios.length === 0 || step < 50 || loss === null || loss < Math.log(classes) / 2) return null;
  // Without a gradient, no learning rate moves anything.
  if (gradients.every(({ norm }) => norm === 0)) return null;
  const most = Math.max(...ratios);
  if (most >= level(1e-5, 2e-5)) return null;
  return {
    layer: null,
    ...WARNING,
    headline: `Update ratio ${formatNumber(most)} at most: learning rate too small`,
    advice: 'The weights hardly change; about 1e-3 per step is usual. Try ten times the learning rate.',
    quantity: 'updateRatio',
  };
};

/** All rules by kind. The most serious come first, and causes before their effects. */
export const RULES: Record<string, Rule> = {
  notFinite,
  exploding,
  zeroWeights,
  deadLayer,
  logitsTooLarge,
  vanishing,
  nothingToTrain,
  noGradient,
  stepsTooLarge,
  equallyLikely,
  deadUnits,
  saturated,
  stepsTooSmall,
};
