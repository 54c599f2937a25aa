import type { Histogram } from '../../wire/protocol';

/** Values that are binned, at most: of a larger tensor every so-many-th one. */
export const MOST_BINNED = 200_000;
/** Values that the quantiles are taken from, at most. */
const MOST_SORTED = 4096;
/**
 * The bins reach from this quantile to its mirror image, and beyond by a share of the way between
 * them.
 */
const LOW_QUANTILE = 0.005;
const MARGIN = 0.2;

/**
 * Counts values in equal bins around the bulk of them: from the 0.5 % to the 99.5 % quantile and a
 * fifth of that way further on both sides, but no further than there are values. For a normal
 * distribution this is 3.6 standard deviations to each side. What lies outside is counted as
 * `below` and `above`; NaN and infinities are counted apart. Where 99 % of the values are equal the
 * bins reach from the smallest to the largest. Without any finite value all bins are empty and all
 * figures 0; where all values are equal, they lie in the middle bin.
 *
 * At most {@link MOST_BINNED} values are binned, evenly spaced; ends, mean, std and the counts of
 * NaN and infinities are of all.
 */
export function histogramOf(values: Float32Array, bins = 40): Histogram {
  const summary = summarise(values);
  const [min, max] = rangeOf(values, summary.smallest, summary.largest);
  const counts = new Array<number>(bins).fill(0);
  let [below, above] = [0, 0];
  const stride = Math.ceil(values.length / MOST_BINNED);
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < min) below++;
    else if (value > max) above++;
    else counts[max > min ? Math.min(Math.floor(((value - min) / (max - min)) * bins), bins - 1) : bins >> 1]++;
  }
  return { min, max, counts, below, above, ...summary };
}

/** Where the bins begin and end. */
function rangeOf(values: Float32Array, smallest: number, largest: number): [number, number] {
  const stride = Math.ceil(values.length / MOST_SORTED);
  const sorted = new Float32Array(Math.ceil(values.length / Math.max(stride, 1)));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) if (Number.isFinite(values[i])) sorted[count++] = values[i];
  const finite = sorted.subarray(0, count).sort();
  if (count === 0) return [smallest, largest];
  const last = count - 1;
  const [low, high] = [finite[Math.floor(LOW_QUANTILE * last)], finite[Math.ceil((1 - LOW_QUANTILE) * last)]];
  if (low === high) return [smallest, largest];
  const margin = MARGIN * (high - low);
  return [Math.max(smallest, low - margin), Math.min(largest, high + margin)];
}

/**
 * In one pass, around the first finite value: the mean of squares minus the squared mean would
 * cancel where values are large and close together.
 */
function summarise(
  values: Float32Array,
): Pick<Histogram, 'smallest' | 'largest' | 'notANumber' | 'infinite' | 'mean' | 'std'> {
  let [smallest, largest, sum, squares, notANumber, infinite] = [Infinity, -Infinity, 0, 0, 0, 0];
  const origin = values.find(Number.isFinite) ?? 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) notANumber++;
    else if (value - value !== 0) infinite++;
    else {
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
      sum += value - origin;
      squares += (value - origin) ** 2;
    }
  }
  const finite = values.length - notANumber - infinite;
  if (finite === 0) return { smallest: 0, largest: 0, notANumber, infinite, mean: 0, std: 0 };
  const offset = sum / finite;
  const std = Math.sqrt(Math.max(0, squares / finite - offset * offset));
  return { smallest, largest, notANumber, infinite, mean: origin + offset, std };
}
