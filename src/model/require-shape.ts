import { PlaygroundError } from '../errors';
import { channelsOf, imageOf, type ImageShape, type Shape } from './shape';

/** @throws PlaygroundError unless the shape is an image, [height, width, channels]. */
export function requireImage(shape: Shape): ImageShape {
  if (shape.length === 3) return imageOf(shape);
  throw new PlaygroundError(`needs an image [height, width, channels] but gets a vector [${shape.join(', ')}].`, {
    remedy: 'Move it before the layer that makes a vector of the image, or insert a Reshape layer before it.',
  });
}

/** @throws PlaygroundError unless the shape is a vector, [units]. */
export function requireVector(shape: Shape): number {
  if (shape.length === 1) return channelsOf(shape);
  throw new PlaygroundError(`needs a vector but gets an image [${shape.join(', ')}].`, {
    remedy: 'Insert a Flatten layer before it.',
  });
}
