import type { Random } from '../random';

/**
 * How a tensor gets its first values. The names are those of Keras
 * (https://keras.io/api/layers/initializers/).
 */
export const INITIALIZERS = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'zeros',
  'ones',
  'constant',
] as const;
export type InitializerKind = (typeof INITIALIZERS)[number];

export interface Initializer {
  kind: InitializerKind;
  /** The value of every number if the kind is `constant`; the other kinds ignore it. */
  value?: number;
}

/** Inputs that one output sums over, and outputs that one input reaches. */
interface Fans {
  fanIn: number;
  fanOut: number;
}

/**
 * The form fields shared by every layer with a kernel. In Keras, the constant is an argument of the
 * initializer: `Constant(value)`.
 */
export const kernelInitializerFields = {
  kernelInitializer: {
    type: 'choice',
    label: 'Initializer',
    help:
      'How the weights begin: glorot suits tanh and sigmoid, he suits relu. With zeros, ' +
      'ones or constant all units stay alike.',
    options: INITIALIZERS,
    default: 'glorotUniform',
    advanced: true,
  },
  kernelConstant: {
    type: 'number',
    label: 'Constant',
    help: 'First value of every weight if the initializer is "constant".',
    min: -1e6,
    max: 1e6,
    default: 0,
    advanced: true,
    onlyWith: { field: 'kernelInitializer', value: 'constant' },
  },
} as const;

/** Fills a tensor, drawing from `random` in the order of its elements. */
export function fillInitial(
  data: Float32Array,
  { kind, value = 0 }: Initializer,
  fans: Fans,
  random: Random,
): Float32Array {
  switch (kind) {
    case 'zeros':
      return data;
    case 'ones':
      return data.fill(1);
    case 'constant':
      return data.fill(value);
    case 'glorotUniform':
      return fillUniform(data, 1, meanFan(fans), random);
    case 'glorotNormal':
      return fillNormal(data, 1, meanFan(fans), random);
    case 'heUniform':
      return fillUniform(data, 2, fans.fanIn, random);
    case 'heNormal':
      return fillNormal(data, 2, fans.fanIn, random);
    case 'lecunUniform':
      return fillUniform(data, 1, fans.fanIn, random);
    case 'lecunNormal':
      return fillNormal(data, 1, fans.fanIn, random);
    default:
      return kind satisfies never;
  }
}

/**
 * Glorot & Bengio 2010, equation 12. He et al. 2015 (equation 10) and LeCun et al. 1998 (section
 * 4.6) count the inputs alone.
 */
const meanFan = ({ fanIn, fanOut }: Fans) => (fanIn + fanOut) / 2;

/** Uniform with variance scale / fan. */
function fillUniform(data: Float32Array, scale: number, fan: number, random: Random): Float32Array {
  const limit = Math.sqrt((3 * scale) / fan);
  return data.map(() => (2 * random.uniform() - 1) * limit);
}

/**
 * Standard deviation of a standard normal that is cut off at ±2, with the digits that Keras uses.
 */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Normal with variance scale / fan. Numbers beyond two standard deviations are drawn again. This
 * makes the variance smaller, so all numbers are scaled up to restore it.
 */
function fillNormal(data: Float32Array, scale: number, fan: number, random: Random): Float32Array {
  const deviation = Math.sqrt(scale / fan) / TRUNCATED_DEVIATION;
  return data.map(() => {
    let z = random.normal();
    while (Math.abs(z) > 2) z = random.normal();
    return z * deviation;
  });
}
