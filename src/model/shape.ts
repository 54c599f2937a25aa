import { at } from '../at';
import { required } from '../errors';

/** Shapes are written without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

/** How many numbers a tensor of this shape holds. */
export const sizeOf = (shape: Shape) => shape.reduce((product, n) => product * n, 1);

export type ImageShape = readonly [height: number, width: number, channels: number];

/** A shape that is known to be that of an image. @throws MissingError if it has fewer axes. */
export const imageOf = (shape: Shape): ImageShape => [at(shape, 0), at(shape, 1), at(shape, 2)];

/** Length of the last axis: the channels of an image, the units of a vector. */
export const channelsOf = (shape: Shape) => required(shape.at(-1), 'axis in the shape []');

/**
 * Tensors that a layer can own. The last two are running averages: they are kept, saved and loaded
 * like weights, but not trained.
 */
export const WEIGHT_NAMES = ['weight', 'bias', 'gamma', 'beta', 'movingMean', 'movingVariance'] as const;
export type WeightName = (typeof WEIGHT_NAMES)[number];
