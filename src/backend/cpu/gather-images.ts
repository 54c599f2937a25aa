import { at } from '../../at';
import type { Dataset } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { byteScalingOf, scaled, type NetworkInput } from '../../model/input-scaling';

/** The destination of a gathered batch. */
export interface Batch {
  /** [capacity, H, W, C], scaled as the network wants them */
  images: Float32Array;
  /** [capacity]; left out if the labels are not needed */
  labels?: Uint8Array;
}

/**
 * Writes rows `order[from .. from + count)` of an image set to the start of `batch`, scaled as the
 * network sees them.
 * @throws PlaygroundError without a data set, or if its images are not of that shape.
 */
export function gatherImages(
  dataset: Dataset | null,
  set: 'train' | 'test',
  network: NetworkInput,
  order: Uint32Array,
  from: number,
  count: number,
  batch: Batch,
): void {
  const { input } = network;
  const { images, labels } = requireShape(dataset, input)[set];
  const { mean, std } = byteScalingOf(network);
  const [pixels, channels] = [input[0] * input[1], input[2]];
  for (let row = 0; row < count; row++) {
    const image = at(order, from + row);
    let [read, written] = [image * pixels * channels, row * pixels * channels];
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let c = 0; c < channels; c++)
        batch.images[written++] = scaled(images[read++] ?? NaN, mean[c] ?? NaN, std[c] ?? NaN);
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
