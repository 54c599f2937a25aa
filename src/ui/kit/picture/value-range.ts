import type { Histogram } from '../../../train/wire/protocol';
import { formatCount } from '../words/format';

/**
 * The largest absolute value that is finite (0 if there is none), and whether any value is
 * negative.
 */
export function valueRange(data: Float32Array): { max: number; signed: boolean } {
  let max = 0;
  let signed = false;
  for (const value of data) {
    const size = Math.abs(value);
    if (size > max && size < Infinity) max = size;
    if (value < 0) signed = true;
  }
  return { max, signed };
}

/**
 * Words for a tensor without a finite value other than 0: `all zero`, or what it holds instead of
 * finite values.
 */
export function emptyWords(data: Float32Array): string {
  let notANumber = 0;
  let infinite = 0;
  for (const value of data) {
    if (Number.isNaN(value)) notANumber++;
    else if (!Number.isFinite(value)) infinite++;
  }
  if (notANumber + infinite === 0) return 'all zero';
  const words = notFiniteWords(notANumber, infinite);
  return notANumber + infinite === data.length ? `no finite value: ${words}` : `all zero but ${words}`;
}

/** `144 NaN`, `3 infinite`, or both. */
export const notFiniteWords = (notANumber: number, infinite: number): string =>
  [notANumber > 0 ? `${formatCount(notANumber)} NaN` : '', infinite > 0 ? `${formatCount(infinite)} infinite` : '']
    .filter(Boolean)
    .join(', ');

/**
 * Whether a histogram contains a finite value. Without one its figures are 0, which says nothing.
 */
export const anyFinite = ({ counts, below, above, smallest, largest, notANumber, infinite }: Histogram): boolean =>
  notANumber + infinite === 0 ||
  below + above > 0 ||
  smallest !== 0 ||
  largest !== 0 ||
  counts.some((count) => count > 0);
