import type { Tensor } from '../../../model/initialize';
import { sizeOf } from '../../../model/shape';

/** One example of a batch tensor [n, ...shape], as a view without copying. */
export function exampleOf({ shape, data }: Tensor, example: number): Tensor {
  const own = shape.slice(1);
  const size = sizeOf(own);
  return { shape: own, data: data.subarray(example * size, (example + 1) * size) };
}
