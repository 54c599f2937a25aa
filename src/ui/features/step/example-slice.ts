import type { Tensor } from '../../../model/initialize';
import { scalePixels } from '../../../model/input-scaling';
import { sizeOf } from '../../../model/shape';
import type { BatchTrace } from '../../../train/wire/protocol';

/** One example of a batch tensor [n, ...shape], as a view without copying. */
export function exampleOf({ shape, data }: Tensor, example: number): Tensor {
  const own = shape.slice(1);
  const size = sizeOf(own);
  return { shape: own, data: data.subarray(example * size, (example + 1) * size) };
}

/** One image of the batch as the first layer sees it, [H, W, C]. */
export function seenExample({ images, model }: BatchTrace, example: number): Tensor {
  const { shape, data } = exampleOf(images, example);
  return { shape, data: scalePixels(model, data) };
}
