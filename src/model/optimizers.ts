import type { NumberField, ParamsOf } from './fields';

/**
 * One number that a person sets: it renders its control, validates its JSON and gives its default.
 */
export interface HyperParameter extends NumberField {
  /**
   * What one press of a stepper adds. Left out where orders of magnitude matter: steps multiply
   * there.
   */
  step?: number;
}

/**
 * What the library knows of one optimizer. Form and schema are made from this; the rule itself is
 * in reference/ and shaders/.
 */
export interface OptimizerInfo {
  label: string;
  help: string;
  fields: { learningRate: HyperParameter } & Record<string, HyperParameter>;
  /** Numbers that it keeps of every trained one, from 0 on. */
  moments: 0 | 1 | 2;
}

/** Just under 1: averages that keep everything would never learn. */
const ALMOST_ONE = 0.999999;

const learningRate = (usual: number): HyperParameter => ({
  type: 'number',
  label: 'Learning rate',
  help: 'How far each step goes. Too small crawls, too large jumps over the valley.',
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
const beta2 = share('Beta 2', 'Memory of the mean of their squares.', 0.999, 0.001);
const epsilon: HyperParameter = {
  type: 'number',
  label: 'Epsilon',
  help: 'Added to the denominator: keeps tiny gradients from huge updates.',
  // Below about 1e-38 float32 has no more numbers of full precision.
  min: 1e-30,
  max: 1,
  default: 1e-7,
};

/**
 * The optimizers, in the order of the form. Names and defaults are Keras's
 * (https://keras.io/api/optimizers/), but that `momentum` and `nesterov` are kinds of their own
 * here and arguments of `SGD` there. Left out of `rmsprop`: its arguments `momentum` and
 * `centered`, both off in Keras.
 */
export const OPTIMIZERS = {
  sgd: {
    label: 'SGD',
    help: 'Every weight goes against its gradient, as far as the learning rate says.',
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
    help: 'Momentum that looks ahead to where it will have rolled, and brakes earlier.',
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
    help: 'Divides every gradient by all it was so far: weights that moved much slow down for good.',
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
        help: 'Times the learning rate: the share of itself that every weight and bias loses in each step.',
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

/** Some hyper-parameters, whichever kind they belong to. */
export type OptimizerChange = { kind?: OptimizerKind } & { [Name in KeysOf<OptimizerSettings>]?: number };
type KeysOf<Union> = Union extends unknown ? Exclude<keyof Union, 'kind'> : never;
