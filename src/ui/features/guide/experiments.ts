import { DEFAULT_DATASET } from '../../../data/sets';
import type { OptimizerChange } from '../../../model/optimizers';
import { STUCK_PRESET } from '../../../model/presets';
import type { TrainSettings } from '../../../model/settings';
import { createLayer, type ModelSpec } from '../../../model/spec';

/** An experiment: what it changes, and what to look at afterwards. */
export interface Experiment {
  id: string;
  /** What the button does. */
  title: string;
  /** What to watch. @param guess the result of guessing, for the images on the page */
  watch(guess: Guess): string;
  /** The network to load; left out if the network stays. */
  spec?: ModelSpec;
  /** Makes the settings it needs from the present ones; left out if they stay. */
  settings?: (now: TrainSettings) => Partial<Omit<TrainSettings, 'optimizer'>> & { optimizer?: OptimizerChange };
}

/** Loss and accuracy of a network that finds all classes equally likely, in words. */
export interface Guess {
  loss: string;
  accuracy: string;
}

export const guessAmong = (classes: number): Guess => ({
  loss: Math.log(classes).toFixed(3),
  accuracy: `${Math.round(100 / classes)} %`,
});

const DEEP = 12;

/**
 * Twelve small dense layers with the same activation: deep enough to show what goes wrong in each
 * of them.
 */
function deepStack(
  name: string,
  activation: 'sigmoid' | 'relu',
  kernelInitializer: 'glorotUniform' | 'heNormal',
): ModelSpec {
  const hidden = Array.from({ length: DEEP }, () => createLayer('dense', { units: 32, activation, kernelInitializer }));
  const { height, width, channels, classes } = DEFAULT_DATASET;
  const last = createLayer('dense', { units: classes, activation: 'softmax' });
  return { version: 1, name, input: [height, width, channels], layers: [createLayer('flatten'), ...hidden, last] };
}

const plainSgd = { batchSize: 128, optimizer: { kind: 'sgd', learningRate: 0.1 } as const, l2: 0, globalClipnorm: 0 };

/** The experiments of the guide. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'stuck',
    title: 'Load the network that stayed at 9.91 %',
    watch: () =>
      'Its authors saw 9.91 % for ever, because their backward pass had a mistake. With right gradients the same ' +
      'network passes 90 % within a few hundred steps. Watch the accuracy, and press ' +
      '"Check gradients" in the charts.',
    spec: STUCK_PRESET.spec,
    settings: () => ({ l2: 0, globalClipnorm: 0, ...STUCK_PRESET.settings }),
  },
  {
    id: 'rate',
    title: 'Set the learning rate × 100',
    watch: ({ loss }) =>
      `Each step jumps over the valley. Watch the loss shoot up or stick at ${loss}, and the gradients of the relu ` +
      'layers fall to 0: units that are never above 0 again are dead. Undo brings the rate back, and the weights.',
    settings: ({ optimizer }) => ({
      optimizer: { learningRate: Number((optimizer.learningRate * 100).toPrecision(3)) },
    }),
  },
  {
    id: 'sigmoid',
    title: 'Stack 12 sigmoid layers',
    watch: ({ loss, accuracy }) =>
      'The gradient of each layer is a fraction of the next one, down to less than a millionth at the input. The ' +
      `accuracy stays near ${accuracy}, the loss at ${loss}: only the last layer learns, and it learns nothing but ` +
      'how frequent each class is.',
    spec: deepStack('12 sigmoid layers', 'sigmoid', 'glorotUniform'),
    settings: () => plainSgd,
  },
  {
    id: 'relu',
    title: 'The same 12 layers with relu and He weights',
    watch: () =>
      'Only activation and initial weights differ. Now the bars of chapter 10 are about level, and the loss falls.',
    spec: deepStack('12 relu layers', 'relu', 'heNormal'),
    settings: () => plainSgd,
  },
];

/**
 * Fits the network of an experiment to the images on the page: it takes their size and gives a
 * score for each of their classes.
 */
export function fitted(spec: ModelSpec, { shape, classes }: { shape: ModelSpec['input']; classes: number }): ModelSpec {
  const last = spec.layers.at(-1);
  const layers = last?.kind === 'dense' ? spec.layers.with(-1, { ...last, units: classes }) : spec.layers;
  return { ...spec, input: shape, layers };
}
