import { at } from '../at';
import { PlaygroundError } from '../errors';
import type { ImageSet } from './dataset';

/** Images of an IDX file. */
export interface IdxImages {
  count: number;
  height: number;
  width: number;
  /** [count, height, width] */
  pixels: Uint8Array;
}

// The IDX format (http://yann.lecun.com/exdb/mnist/): two zero bytes, the element type (8: unsigned
// byte), the number of dimensions, each dimension as big-endian 32-bit integer, then the elements.
const UNSIGNED_BYTE = 8;

/**
 * Reads an IDX file of unsigned bytes with three dimensions.
 * @param file its name, for errors
 * @throws PlaygroundError where the header or the length is wrong.
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const shape = parseHeader(bytes, 3, file);
  return { count: at(shape, 0), height: at(shape, 1), width: at(shape, 2), pixels: bytes.subarray(16) };
}

/**
 * Reads an IDX file of unsigned bytes with one dimension: [count] labels.
 * @param classes labels must be below it
 * @throws PlaygroundError where the header, the length or a label is wrong.
 */
export function parseIdxLabels(bytes: Uint8Array, file: string, classes: number): Uint8Array {
  parseHeader(bytes, 1, file);
  const labels = bytes.subarray(8);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw damaged(`label ${wrong} is ${labels[wrong]}, but there are only the classes 0 to ${classes - 1}.`, file);
  return labels;
}

/**
 * Pairs images with their labels. [count, height, width] and [count] -> one channel per pixel.
 * @throws PlaygroundError where their numbers differ.
 */
export function pairImagesWithLabels(images: IdxImages, labels: Uint8Array, file: string): ImageSet {
  if (images.count === labels.length) return { images: images.pixels, labels };
  throw new PlaygroundError(`there are ${images.count} images but ${labels.length} labels.`, {
    where: { file },
    remedy: 'Use images and labels of the same set.',
  });
}

function parseHeader(bytes: Uint8Array, dimensions: number, file: string): number[] {
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.length < headerBytes)
    throw damaged(`it has ${bytes.length} bytes, fewer than the ${headerBytes} of an IDX header.`, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = (UNSIGNED_BYTE << 8) | dimensions;
  if (magic !== expected) {
    const hex = (n: number) => `0x${n.toString(16).padStart(8, '0')}`;
    const wanted = dimensions === 3 ? 'images' : 'labels';
    throw damaged(`it begins with ${hex(magic)}; an IDX file of ${wanted} begins with ${hex(expected)}.`, file);
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const promised = headerBytes + shape.reduce((product, n) => product * n, 1);
  if (promised !== bytes.length) {
    throw damaged(
      `its header says [${shape.join(', ')}], which makes ${promised} bytes, but it has ${bytes.length}.`,
      file,
    );
  }
  return shape;
}

function damaged(what: string, file: string): PlaygroundError {
  return new PlaygroundError(what, {
    where: { file },
    remedy: 'The file is damaged or of another kind: get it again.',
  });
}
