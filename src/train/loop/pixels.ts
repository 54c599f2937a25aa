import { at } from '../../at';
import type { Dataset, ImageSet } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { sizeOf, type Shape } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import { gatherImages } from '../../backend/cpu/gather-images';
import type { Batch } from './batch-plan';

/** [height, width, channels] of the images of a data set. */
export const imageShape = (dataset: Dataset): Shape => [dataset.height, dataset.width, dataset.channels];

/** Images [n, H, W, C] in 0..1 and labels [n]. */
export interface Images {
  images: Float32Array;
  labels: Uint8Array;
}

/**
 * Images of the data set in 0..1, as they are given to a network, which scales them itself.
 * @param rows positions in the set
 * @returns images [n, H, W, C] in 0..1 and labels [n]
 */
export function imagesAt(dataset: Dataset, set: 'train' | 'test', rows: Uint32Array): Images {
  const { height, width, channels } = dataset;
  const batch = {
    images: new Float32Array(rows.length * height * width * channels),
    labels: new Uint8Array(rows.length),
  };
  gatherImages(dataset, set, { input: [height, width, channels] }, rows, 0, rows.length, batch);
  return batch;
}

/**
 * The images of a training step, or some of them, in 0..1.
 * @param from place of the first image in the batch
 * @param to place after the last image
 * @returns images [n, H, W, C] in 0..1 and labels [n]
 */
export function imagesOfBatch(dataset: Dataset, { rows }: Batch, from = 0, to = rows.length): Images {
  return imagesAt(dataset, 'train', rows.subarray(from, to));
}

/** The bytes of some images: [n, H, W, C] in 0..255, with their labels [n]. */
export function gatherBytes(
  set: ImageSet,
  rows: ArrayLike<number>,
  shape: Shape,
): { images: Uint8Array; labels: Uint8Array } {
  const size = sizeOf(shape);
  const images = new Uint8Array(rows.length * size);
  const labels = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = at(rows, i);
    images.set(set.images.subarray(row * size, (row + 1) * size), i * size);
    labels[i] = at(set.labels, row);
  }
  return { images, labels };
}

/**
 * How many images of the network's input size an array holds.
 * @throws PlaygroundError if the array is no Float32Array, is empty, has a wrong length, or holds a
 * number that is not finite.
 */
export function countImages(images: Float32Array, model: ResolvedModel): number {
  const where = { field: 'images' };
  const shape = model.spec.input;
  const size = sizeOf(shape);
  const remedy = `Give n images of [${shape.join(', ')}] one after the other: n x ${size} numbers in 0..1.`;
  if (!(images instanceof Float32Array))
    throw new PlaygroundError('the images must be a Float32Array.', { where, remedy });
  if (images.length === 0) throw new PlaygroundError('there is no image.', { where, remedy });
  if (images.length % size !== 0) {
    throw new PlaygroundError(`${images.length} numbers are not a whole number of images.`, { where, remedy });
  }
  const bad = images.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new PlaygroundError(`number ${bad} (image ${Math.floor(bad / size)}) is ${images[bad]}.`, { where, remedy });
  return images.length / size;
}

/** @throws PlaygroundError unless there are `count` labels, each a class of the network. */
export function checkLabels(labels: Uint8Array, count: number, classes: number): void {
  const where = { field: 'labels' };
  const remedy = `Give one label in 0..${classes - 1} for each image, as a Uint8Array.`;
  if (!(labels instanceof Uint8Array)) throw new PlaygroundError('the labels must be a Uint8Array.', { where, remedy });
  if (labels.length !== count)
    throw new PlaygroundError(`there are ${labels.length} labels for ${count} images.`, { where, remedy });
  const bad = labels.findIndex((label) => label >= classes);
  if (bad >= 0)
    throw new PlaygroundError(`label ${bad} is ${labels[bad]}, but the network has ${classes} classes.`, {
      where,
      remedy,
    });
}
