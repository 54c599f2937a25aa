import { at } from '../../../../at';
import type { Histogram } from '../../../../train/wire/protocol';
import { formatNumber } from '../../../kit/words/format';

/** The histogram of one step, on the bins that all steps share. */
export interface Ridge {
  step: number;
  histogram: Histogram;
  /** The values in each shared bin as a share of the fullest one: 0..1. */
  heights: number[];
}

export interface Ridges {
  /** Oldest first. */
  ridges: Ridge[];
  /** The ends of the shared bins. */
  domain: [number, number];
}

/** The number of shared bins: as many as a few hundred pixels can show. */
const BINS = 64;
/** The share of slices that may reach beyond the shared range at either end. */
const OUTSIDE = 0.1;

/**
 * Puts the histograms of a tensor at several steps on one range: that of the newest, widened until
 * it holds nine tenths of the ends of the others. A few early slices with a wide spread then do not
 * squash the rest. Each ridge is scaled to its own fullest bin.
 */
export function ridgesOf(slices: readonly { step: number; histogram: Histogram }[]): Ridges {
  const domain = sharedRange(slices.map(({ histogram }) => histogram));
  const ridges = slices.map(({ step, histogram }) => {
    const counts = rebin(histogram, domain);
    const most = Math.max(...counts);
    return { step, histogram, heights: counts.map((count) => (most > 0 ? count / most : 0)) };
  });
  return { ridges, domain };
}

function sharedRange(histograms: readonly Histogram[]): [number, number] {
  const filled = histograms.filter(isFilled);
  const newest = filled.at(-1);
  if (!newest) return [-1, 1];
  const lows = filled.map(({ min }) => min).sort((a, b) => a - b);
  const highs = filled.map(({ max }) => max).sort((a, b) => b - a);
  const left = Math.floor(OUTSIDE * (filled.length - 1));
  const [low, high] = [Math.min(at(lows, left), newest.min), Math.max(at(highs, left), newest.max)];
  if (low < high) return [low, high];
  const margin = Math.abs(low) || 1;
  return [low - margin, high + margin];
}

const isFilled = ({ counts }: Histogram) => counts.some((count) => count > 0);

/**
 * Sorts the counts of a histogram into the shared bins. A bin that overlaps several of them is
 * split in proportion to the overlaps.
 */
function rebin({ min, max, counts }: Histogram, [low, high]: readonly [number, number]): number[] {
  const shared = new Array<number>(BINS).fill(0);
  const width = (max - min) / counts.length;
  const add = (bin: number, count: number) => {
    shared[bin] = at(shared, bin) + count;
  };
  const place = (value: number) => ((value - low) / (high - low)) * BINS;
  counts.forEach((count, bin) => {
    if (count === 0) return;
    const [from, to] = [place(min + bin * width), place(min + (bin + 1) * width)];
    // All values are equal: they go into one bin, if they are in the range at all.
    if (to - from < 1e-9) return void (from >= 0 && from <= BINS && add(clampBin(Math.floor(from)), count));
    for (let i = clampBin(Math.floor(from)); i <= clampBin(Math.ceil(to) - 1); i++) {
      add(i, (count * Math.max(0, Math.min(to, i + 1) - Math.max(from, i))) / (to - from));
    }
  });
  return shared;
}

const clampBin = (bin: number) => Math.max(0, Math.min(bin, BINS - 1));

/**
 * The bin of a histogram that contains a value, with its exact count; null outside all bins.
 * @param reach how far the value may be from the bins: it lets the pointer also find a histogram
 * that is narrower than a pixel
 */
export function binAt(
  { min, max, counts }: Histogram,
  wanted: number,
  reach = 0,
): { from: number; to: number; count: number } | null {
  const value = Math.min(Math.max(wanted, min), max);
  if (!(Math.abs(value - wanted) <= reach)) return null;
  const width = (max - min) / counts.length;
  if (width === 0) return { from: min, to: max, count: counts.reduce((sum, count) => sum + count, 0) };
  const bin = Math.min(Math.floor((value - min) / width), counts.length - 1);
  return { from: min + bin * width, to: min + (bin + 1) * width, count: at(counts, bin) };
}

/** The number of values in the bins and outside them. */
export function valuesOf({ counts, below, above, notANumber, infinite }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, 0) + below + above + notANumber + infinite;
}

/**
 * The width of a character of the labels below the bins, and of the gap between two labels, in CSS
 * pixels.
 */
const [CHARACTER, GAP] = [7, 8];

/**
 * The label between the two ends below the bins: 0, or the middle if 0 is not between them. Null if
 * it would touch one of the labels at the ends.
 * @param width of the bins in CSS pixels
 */
export function middleBound(
  [low, high]: readonly [number, number],
  width: number,
): { value: number; share: number } | null {
  const value = low < 0 && high > 0 ? 0 : (low + high) / 2;
  const share = (value - low) / (high - low);
  const widthOf = (bound: number) => CHARACTER * formatNumber(bound).length;
  const half = widthOf(value) / 2 + GAP;
  const fits = share * width - half >= widthOf(low) && (1 - share) * width - half >= widthOf(high);
  return fits ? { value, share } : null;
}
