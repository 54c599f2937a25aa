import { PlaygroundError } from '../errors';
import type { Shape } from './shape';

/** @throws PlaygroundError unless the shape is an image, [height, width, channels]. */
export function requireImage(shape: Shape): readonly [number, number, number] {
  if (shape.length === 3) return [shape[0], shape[1], shape[2]];
  throw new PlaygroundError(`needs an image [height, width, channels] but gets a vector [${shape.join(', ')}].`, {
    remedy: 'Move it before the layer that makes a vector of the image, or insert a Reshape layer before it.',
  });
}

/** @throws PlaygroundError unless the shape is a vector, [units]. */
export function requireVector(shape: Shape): number {
  if (shape.length === 1) return shape[0];
  throw new PlaygroundError(`needs a vector but gets an image [${shape.join(', ')}].`, {
    remedy: 'Insert a Flatten layer before it.',
  });
}
