import { at } from '../at';
import { PlaygroundError } from '../errors';
import type { Dataset, ImageSet } from './dataset';
import { customDrawing } from './drawing';
import { splitIndices } from './split';

/**
 * Images and labels that a person brings along. Bytes 0..255, [count, height, width, channels];
 * labels 0..classes-1.
 */
export interface CustomImages {
  height: number;
  width: number;
  channels: number;
  classes: number;
  /** What they are called, for the page; left out: their numbers. */
  classNames?: string[];
  images: Uint8Array;
  labels: Uint8Array;
  testImages?: Uint8Array;
  testLabels?: Uint8Array;
}

/** Share of the images set aside as test set where none is given. */
export const CUSTOM_TEST_SHARE = 0.1;
/** Fixed, so that the test set of given images is always the same, whatever the seed of the run. */
const TEST_SEED = 1;

/**
 * A data set from given images. Where no test set comes with them, a tenth is set aside for testing
 * (at random, always the same one; at least one image); with a single image the test set is empty.
 * @throws PlaygroundError naming the field that is wrong.
 */
export function customDataset(given: CustomImages): Dataset {
  if (typeof given !== 'object' || given === null)
    throw new PlaygroundError('a data set must be an object.', { remedy: FIELDS });
  const { height, width, channels, classes } = given;
  const limits = { height: 1024, width: 1024, channels: 1024, classes: 256 };
  for (const field of Object.keys(limits) as (keyof typeof limits)[])
    requireInteger(given[field], field, limits[field]);
  const size = height * width * channels;
  const all = imageSet(given, 'images', 'labels', size);
  if (all.labels.length === 0)
    throw new PlaygroundError('there are no images.', { where: { field: 'images' }, remedy: 'Give at least one.' });
  const hasTest = given.testImages !== undefined || given.testLabels !== undefined;
  const { train, test } = hasTest
    ? { train: all, test: imageSet(given, 'testImages', 'testLabels', size) }
    : setAside(all, size);
  const source = hasTest
    ? 'Images given by a script or a file.'
    : 'Images given by a script or a file; a tenth of them is set aside for testing.';
  return {
    ...{ id: 'custom', name: 'Custom images', source, height, width, channels, classes },
    classNames: classNamesOf(given),
    shows: 'images',
    drawing: customDrawing(height, width, channels),
    train,
    test,
  };
}

const FIELDS =
  'Its fields: height, width, channels, classes, images, labels, if they have names classNames, and if there is a ' +
  'test set testImages, testLabels.';
/** Longer names no page has room for. */
const LONGEST_NAME = 60;

function classNamesOf({ classes, classNames }: CustomImages): string[] {
  if (classNames === undefined) return Array.from({ length: classes }, (_, label) => String(label));
  const fail = (what: string) =>
    new PlaygroundError(what, {
      where: { field: 'classNames' },
      remedy: 'Give one name for each class, or leave them out.',
    });
  if (!Array.isArray(classNames) || classNames.length !== classes)
    throw fail(`it must be a list of ${classes} ${classes === 1 ? 'name' : 'names'}, one for each class.`);
  const names: unknown[] = classNames;
  const isName = (name: unknown) => typeof name === 'string' && name.trim() !== '' && name.length <= LONGEST_NAME;
  const wrong = names.findIndex((name) => !isName(name));
  if (wrong >= 0) throw fail(`name ${wrong} must be a text of 1 to ${LONGEST_NAME} characters.`);
  return [...classNames];
}

function requireInteger(value: unknown, field: string, most: number): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new PlaygroundError(`it must be a whole number from 1 to ${most}, not ${String(value)}.`, { where: { field } });
}

function requireBytes(value: unknown, field: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const found = value === undefined ? 'missing' : Object.prototype.toString.call(value).slice(8, -1);
  throw new PlaygroundError(`it must be a Uint8Array; it is ${found}.`, {
    where: { field },
    remedy: 'Use bytes: 0 to 255 for a pixel.',
  });
}

type ImagesField = 'images' | 'testImages';
type LabelsField = 'labels' | 'testLabels';

function imageSet(given: CustomImages, imagesField: ImagesField, labelsField: LabelsField, size: number): ImageSet {
  const images = requireBytes(given[imagesField], imagesField);
  const labels = requireBytes(given[labelsField], labelsField);
  if (images.length !== labels.length * size) {
    const needed =
      `${labels.length} labels need ${labels.length} x ${given.height} x ${given.width} x ${given.channels} = ` +
      `${labels.length * size} bytes`;
    throw new PlaygroundError(`${needed}, but there are ${images.length}.`, {
      where: { field: imagesField },
      remedy: 'Check height, width and channels, and give one label for each image.',
    });
  }
  const wrong = labels.findIndex((label) => label >= given.classes);
  if (wrong < 0) return { images, labels };
  throw new PlaygroundError(`label ${wrong} is ${labels[wrong]}, but the classes are 0 to ${given.classes - 1}.`, {
    where: { field: labelsField },
    remedy: 'Number the classes from 0, or raise "classes".',
  });
}

function setAside(all: ImageSet, size: number): { train: ImageSet; test: ImageSet } {
  const { train, validation } = splitIndices(all.labels.length, CUSTOM_TEST_SHARE, TEST_SEED);
  // In their given order: only the choice is random.
  return { train: pick(all, train.sort(), size), test: pick(all, validation.sort(), size) };
}

function pick({ images, labels }: ImageSet, rows: Uint32Array, size: number): ImageSet {
  const picked = { images: new Uint8Array(rows.length * size), labels: new Uint8Array(rows.length) };
  rows.forEach((row, i) => {
    picked.images.set(images.subarray(row * size, (row + 1) * size), i * size);
    picked.labels[i] = at(labels, row);
  });
  return picked;
}
