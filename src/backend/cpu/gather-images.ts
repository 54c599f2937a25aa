import { at } from '../../at';
import type { Dataset } from '../../data/dataset';
import { PlaygroundError } from '../../errors';

/** The destination of a gathered batch. */
export interface Batch {
  /** [capacity, H, W, C], in 0..1 */
  images: Float32Array;
  /** [capacity]; left out if the labels are not needed */
  labels?: Uint8Array;
}

/**
 * Writes rows `order[from .. from + count)` of an image set to the start of `batch`.
 * @param input [H, W, C] of the network
 * @throws PlaygroundError without a data set, or if its images are not of that shape.
 */
export function gatherImages(
  dataset: Dataset | null,
  set: 'train' | 'test',
  input: readonly [number, number, number],
  order: Uint32Array,
  from: number,
  count: number,
  batch: Batch,
): void {
  const { images, labels } = requireShape(dataset, input)[set];
  const length = input[0] * input[1] * input[2];
  for (let row = 0; row < count; row++) {
    const image = at(order, from + row);
    for (let i = 0; i < length; i++) batch.images[row * length + i] = (images[image * length + i] ?? NaN) / 255;
    if (batch.labels) batch.labels[row] = at(labels, image);
  }
}

function requireShape(dataset: Dataset | null, input: readonly number[]): Dataset {
  if (!dataset) throw new PlaygroundError('there are no images to train on.', { remedy: 'Choose a data set first.' });
  const shape = [dataset.height, dataset.width, dataset.channels];
  if (shape.every((n, i) => n === input[i])) return dataset;
  throw new PlaygroundError(`the images are ${shape.join(' x ')}, but the network takes ${input.join(' x ')}.`, {
    remedy: 'Choose a data set or a network that fits the other.',
  });
}
