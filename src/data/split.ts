import { createRandom, shuffle } from '../random';

// Streams of the user's seed: one for the split, one per epoch.
const SPLIT_STREAM = 10;
const ORDER_STREAM = 11;

/**
 * Divides the rows 0..count-1 at random into training and validation. With a share above 0, neither
 * side is empty as long as there are two rows.
 * @param validationSplit share held back for validation, 0..1; the usual is 0.1
 * @returns row numbers in random order; together each row exactly once
 */
export function splitIndices(
  count: number,
  validationSplit: number,
  seed: number,
): { train: Uint32Array; validation: Uint32Array } {
  const rows = shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    createRandom(seed, SPLIT_STREAM),
  );
  const least = validationSplit > 0 && count > 1 ? 1 : 0;
  const held = Math.max(least, Math.min(count - 1, Math.round(count * validationSplit)));
  return { train: rows.slice(held), validation: rows.slice(0, held) };
}

/**
 * The order in which an epoch visits the training rows: another shuffle for every epoch, the same
 * for the same seed.
 * @param train row numbers, left as they are
 */
export function epochOrder(train: Uint32Array, seed: number, epoch: number): Uint32Array {
  return shuffle(train.slice(), createRandom(seed, ORDER_STREAM, epoch));
}
