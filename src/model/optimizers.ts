import type { NumberField, ParamsOf } from './fields';

/**
 * A number that a person can set. It renders its form control, validates its JSON value and gives
 * its default.
 */
export interface HyperParameter extends NumberField {
  /**
   * How much one press of a stepper adds. Left out for numbers whose order of magnitude matters; a
   * press then multiplies them.
   */
  step?: number;
}

/**
 * What the library knows about one optimizer. Form and schema are made from this; the update rule
 * itself is in reference/ and shaders/.
 */
export interface OptimizerInfo {
  label: string;
  help: string;
  fields: { learningRate: HyperParameter } & Record<string, HyperParameter>;
  /** How many numbers the optimizer keeps for each trainable parameter. They all start at 0. */
  moments: 0 | 1 | 2;
}

/** Just under 1: a running average that keeps all of its old value would never change. */
const ALMOST_ONE = 0.999999;

const learningRate = (usual: number): HyperParameter => ({
  type: 'number',
  label: 'Learning rate',
  help: 'How far each step goes. If too small, training crawls; if too large, steps jump over the valley.',
  min: 0,
  max: 1e6,
  default: usual,
});

const share = (label: string, help: string, usual: number, step = 0.01): HyperParameter => ({
  type: 'number' as const,
  label,
  help,
  min: 0,
  max: ALMOST_ONE,
  step,
  default: usual,
});

const momentum = share('Momentum', 'Share of the last update that is carried on.', 0.9);
const beta1 = share('Beta 1', 'Memory of the mean of the gradients.', 0.9);
const beta2 = share('Beta 2', 'Memory of the mean of the squared gradients.', 0.999, 0.001);
const epsilon: HyperParameter = {
  type: 'number',
  label: 'Epsilon',
  help: 'Added to the denominator, so that tiny gradients do not cause huge updates.',
  // Below about 1e-38, the numbers of float32 no longer have full precision.
  min: 1e-30,
  max: 1,
  default: 1e-7,
};

/**
 * The optimizers, in the order of the form. Names and defaults are those of Keras
 * (https://keras.io/api/optimizers/), with one exception: `momentum` and `nesterov` are separate
 * optimizers here, but arguments of `SGD` in Keras. `rmsprop` has no `momentum` and `centered`
 * here; both are off by default in Keras.
 */
export const OPTIMIZERS = {
  sgd: {
    label: 'SGD',
    help: 'Every weight moves against its gradient. The learning rate says how far.',
    fields: { learningRate: learningRate(0.01) },
    moments: 0,
  },
  momentum: {
    label: 'Momentum',
    help: 'SGD that rolls on: updates in the same direction add up, updates back and forth cancel out.',
    fields: { learningRate: learningRate(0.01), momentum },
    moments: 1,
  },
  nesterov: {
    label: 'Nesterov',
    help: 'Momentum that takes the gradient a step ahead, and so brakes earlier.',
    fields: { learningRate: learningRate(0.01), momentum },
    moments: 1,
  },
  rmsprop: {
    label: 'RMSprop',
    help: 'Divides every gradient by its recent size, so that all weights move at a similar pace.',
    fields: {
      learningRate: learningRate(0.001),
      rho: share('Rho', 'Memory of the mean of the squared gradients.', 0.9),
      epsilon,
    },
    moments: 1,
  },
  adagrad: {
    label: 'Adagrad',
    help: 'Divides every gradient by the size of all its values so far: weights that moved a lot slow down for good.',
    fields: {
      learningRate: learningRate(0.001),
      initialAccumulatorValue: {
        type: 'number',
        label: 'Initial accumulator',
        help: 'What the sum of the squared gradients starts from: the larger, the shorter the first steps.',
        min: 0,
        max: 1e6,
        step: 0.1,
        default: 0.1,
      },
      epsilon,
    },
    moments: 1,
  },
  adam: {
    label: 'Adam',
    help: 'Momentum, divided by the recent size of each gradient: a good first choice.',
    fields: { learningRate: learningRate(0.001), beta1, beta2, epsilon },
    moments: 2,
  },
  adamw: {
    label: 'AdamW',
    help: 'Adam that also shrinks all weights a little in every step, apart from their gradients.',
    fields: {
      learningRate: learningRate(0.001),
      weightDecay: {
        type: 'number',
        label: 'Weight decay',
        help: 'Every weight and bias loses this share of itself, times the learning rate, in each step.',
        min: 0,
        max: 1e3,
        step: 1e-3,
        default: 0.004,
      },
      beta1,
      beta2,
      epsilon,
    },
    moments: 2,
  },
} as const satisfies Record<string, OptimizerInfo>;

export type OptimizerKind = keyof typeof OPTIMIZERS;

type HyperParametersOf<K extends OptimizerKind> = ParamsOf<(typeof OPTIMIZERS)[K]['fields']>;

/** Kind and hyper-parameters of an optimizer: the JSON that scripts and presets use. */
export type OptimizerSettings = { [K in OptimizerKind]: { kind: K } & HyperParametersOf<K> }[OptimizerKind];

/** The settings of one kind. */
export type SettingsOf<K extends OptimizerKind> = Extract<OptimizerSettings, { kind: K }>;

/** Some hyper-parameters, whichever optimizer they belong to. */
export type OptimizerChange = { kind?: OptimizerKind } & { [Name in KeysOf<OptimizerSettings>]?: number };
type KeysOf<Union> = Union extends unknown ? Exclude<keyof Union, 'kind'> : never;
