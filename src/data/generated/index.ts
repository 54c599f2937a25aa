import { at } from '../../at';
import { createRandom } from '../../random';
import type { Dataset, ImageSet } from '../dataset';
import { GENERATED_DIGITS } from '../digits';
import { chooseWay, drawByHand } from './hand';
import { centreByMass, SIDE } from './normalise';
import { BOX, randomPen, renderInBox } from './render';
import { SKELETONS } from './skeletons';

/** The numbers of images: enough to learn from, and drawn in about a second. */
export const GENERATED_COUNTS = { train: 10_000, test: 2_000 } as const;
export const GENERATED_SEED = 1;

/**
 * Draws digits by rule, for when MNIST cannot be loaded. Sizes, classes and placement are those of
 * MNIST, so every network for one fits the other. The same seed gives the same bytes.
 */
export function generateDigits(
  seed = GENERATED_SEED,
  counts: { train: number; test: number } = GENERATED_COUNTS,
): Dataset {
  return {
    ...GENERATED_DIGITS,
    source:
      `Handwriting imitated by a program (seed ${seed}): ${counts.train} images to train ` +
      `on and ${counts.test} to test.`,
    train: drawSet(counts.train, seed, 0),
    test: drawSet(counts.test, seed, 1),
  };
}

/** Draws equally many of each digit, in turn; training shuffles them. */
function drawSet(count: number, seed: number, stream: number): ImageSet {
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  const random = createRandom(seed, 2, stream);
  const raster = new Float32Array(BOX * BOX);
  for (let i = 0; i < count; i++) {
    const digit = i % SKELETONS.length;
    labels[i] = digit;
    const strokes = drawByHand(chooseWay(at(SKELETONS, digit), random), random);
    renderInBox(strokes, randomPen(random), raster, random);
    centreByMass(raster, BOX, images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
  }
  return { images, labels };
}
