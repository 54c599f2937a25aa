import { PlaygroundError } from '../errors';

/** The range that the bytes 0..255 of an image are brought to; the same for every channel. */
export type ScalingRange = 'unit' | 'bytes' | 'signed';

/**
 * The mean and the standard deviation of the pixels in 0..1, one of each for every channel of the
 * image.
 */
export interface Normalization {
  mean: readonly number[];
  std: readonly number[];
}

/**
 * How pixels become the numbers that the first layer sees. With x for the pixel in 0..1 and
 * b = 255 x for its byte:
 *
 * - `unit`: x, in 0..1
 * - `bytes`: b, in 0..255
 * - `signed`: 2 x - 1, in -1..1
 * - `{ mean, std }`: (x - mean[c]) / std[c] for channel c
 *
 * The ranges are those of Keras's `Rescaling(scale, offset)`
 * (https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/), the last one
 * is `torchvision.transforms.Normalize(mean, std)` after `ToTensor()`
 * (https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.Normalize.html).
 */
export type InputScaling = ScalingRange | Normalization;

/** The part of a network that says what images it takes, and how it takes them. */
export interface NetworkInput {
  /** [height, width, channels] of one image. */
  input: readonly [number, number, number];
  /** `unit` if left out. It is always left out where it is `unit`. */
  inputScaling?: InputScaling;
}

/** The ranges in the words of the page. */
export const SCALING_RANGES: Readonly<Record<ScalingRange, { label: string; help: string }>> = {
  unit: { label: '0..1', help: 'Bytes divided by 255. Most networks of the gallery were made for it.' },
  bytes: { label: '0..255', help: 'Bytes as they are, as a network without any scaling sees them.' },
  signed: { label: '−1..1', help: 'Bytes divided by 127.5, minus 1: mid grey is 0.' },
};

/** Limits of the numbers of a {@link Normalization}; float32 holds all that follows from them. */
export const MOST_MEAN = 1e6;
export const LEAST_STD = 1e-6;
export const MOST_STD = 1e6;

export const isNormalization = (scaling: InputScaling): scaling is Normalization => typeof scaling === 'object';

/** Whether a network with this many channels can have the scaling. */
export const fitsChannels = (scaling: InputScaling, channels: number): boolean =>
  !isNormalization(scaling) || scaling.mean.length === channels;

/** The scaling as a part of a network: nothing where it is the default. */
export const scalingPart = (scaling: InputScaling | undefined): Pick<NetworkInput, 'inputScaling'> =>
  scaling === undefined || scaling === 'unit' ? {} : { inputScaling: scaling };

/**
 * Checks a scaling that comes from outside.
 * @param channels of the images that the network takes
 * @throws PlaygroundError naming the field, its value and what is expected.
 */
export function parseInputScaling(given: unknown, channels: number): InputScaling {
  if (typeof given === 'string' && Object.hasOwn(SCALING_RANGES, given)) return given as ScalingRange;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw problem('inputScaling', `there is no scaling ${shown(given)}.`, channels);
  const { mean, std, ...others } = given as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw problem(`inputScaling.${unknown}`, 'there is no such field.', channels);
  return {
    mean: numbersOf(mean, 'inputScaling.mean', channels, -MOST_MEAN, MOST_MEAN),
    std: numbersOf(std, 'inputScaling.std', channels, LEAST_STD, MOST_STD),
  };
}

function numbersOf(given: unknown, field: string, channels: number, min: number, max: number): number[] {
  if (!Array.isArray(given)) throw problem(field, `it is ${shown(given)}, not a list of numbers.`, channels);
  if (given.length !== channels) throw problem(field, `it has the length ${given.length}.`, channels);
  return given.map((value: unknown, c) => {
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw problem(`${field}[${c}]`, `it is ${shown(value)}, not a number from ${min} to ${max}.`, channels);
  });
}

function problem(field: string, what: string, channels: number): PlaygroundError {
  const each = channels === 1 ? 'one number, for the one channel' : `${channels} numbers, one for each channel`;
  return new PlaygroundError(what, {
    where: { field },
    remedy:
      'Give "unit" (0..1), "bytes" (0..255), "signed" (-1..1), or { mean, std } for pixels in 0..1, ' +
      `each a list of ${each} of the input.`,
  });
}

const shown = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? typeof value);

/**
 * Mean and standard deviation of each channel in bytes, [C] each: every scaling is
 * {@link scaled} with these two. They are rounded to float32, so that all backends compute with the
 * same.
 */
export interface ByteScaling {
  mean: Float32Array;
  std: Float32Array;
}

const OF_RANGE: Readonly<Record<ScalingRange, readonly [mean: number, std: number]>> = {
  unit: [0, 255],
  bytes: [0, 1],
  signed: [127.5, 127.5],
};

export function byteScalingOf({ input, inputScaling = 'unit' }: NetworkInput): ByteScaling {
  if (isNormalization(inputScaling)) {
    const inBytes = (values: readonly number[]) => Float32Array.from(values, (value) => 255 * value);
    return { mean: inBytes(inputScaling.mean), std: inBytes(inputScaling.std) };
  }
  const [mean, std] = OF_RANGE[inputScaling];
  return { mean: new Float32Array(input[2]).fill(mean), std: new Float32Array(input[2]).fill(std) };
}

/**
 * The number that the network sees: (byte - mean) / std. This is the one place of the formula in
 * TypeScript; gather.wgsl has it for WebGPU.
 * @param mean of the channel, in bytes
 * @param std of the channel, in bytes
 */
export const scaled = (byte: number, mean: number, std: number): number => (byte - mean) / std;

/**
 * Images as the network sees them. With `unit` they are the given ones, to the bit.
 * @param pixels [n, H, W, C] in 0..1
 * @returns [n, H, W, C]; the same array where nothing changes
 */
export function scalePixels(network: NetworkInput, pixels: Float32Array): Float32Array {
  if ((network.inputScaling ?? 'unit') === 'unit') return pixels;
  const { mean, std } = byteScalingOf(network);
  const channels = mean.length;
  return pixels.map((pixel, i) => scaled(255 * pixel, mean[i % channels] ?? NaN, std[i % channels] ?? NaN));
}

/**
 * How fast the number that the network sees grows with the pixel in 0..1, [C]: a gradient by the
 * first times this is the gradient by the second (chain rule). With `unit` it is 1.
 */
export const slopesOf = (network: NetworkInput): Float32Array => byteScalingOf(network).std.map((std) => 255 / std);
