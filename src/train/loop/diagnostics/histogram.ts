import type { Histogram } from '../../wire/protocol';

/** At most this many values are binned. A larger tensor is sampled at even steps. */
export const MOST_BINNED = 200_000;
/** The quantiles are computed from at most this many values. */
const MOST_SORTED = 4096;
/**
 * The bins reach from this quantile to its mirror image. They extend beyond both by a share of the
 * distance between the two.
 */
const LOW_QUANTILE = 0.005;
const MARGIN = 0.2;

/**
 * Counts values in equal bins around the bulk of the values. The bins reach from the 0.5 % to the
 * 99.5 % quantile and a fifth of that distance further on both sides, but not beyond the smallest
 * and largest value. For a normal distribution this is 3.6 standard deviations to each side. Values
 * outside the bins count as `below` and `above`; NaN and infinities are counted separately. If 99 %
 * of the values are equal, the bins reach from the smallest to the largest. Without finite values
 * all bins are empty and all figures are 0. If all values are equal, they lie in the middle bin.
 *
 * At most {@link MOST_BINNED} values are binned, evenly spaced. The ends, mean, std and the counts
 * of NaN and infinities cover all values.
 */
export function histogramOf(values: Float32Array, bins = 40): Histogram {
  const summary = summarise(values);
  const [min, max] = rangeOf(values, summary.smallest, summary.largest);
  const counts = new Float64Array(bins);
  let [below, above] = [0, 0];
  const stride = Math.ceil(values.length / MOST_BINNED);
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (value < min) below++;
    else if (value > max) above++;
    else {
      const bin = max > min ? Math.min(Math.floor(((value - min) / (max - min)) * bins), bins - 1) : bins >> 1;
      counts[bin] = (counts[bin] ?? NaN) + 1;
    }
  }
  return { min, max, counts: Array.from(counts), below, above, ...summary };
}

/** Where the bins begin and end. */
function rangeOf(values: Float32Array, smallest: number, largest: number): [number, number] {
  const stride = Math.ceil(values.length / MOST_SORTED);
  const sorted = new Float32Array(Math.ceil(values.length / Math.max(stride, 1)));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) sorted[count++] = value;
  }
  const finite = sorted.subarray(0, count).sort();
  if (count === 0) return [smallest, largest];
  const last = count - 1;
  const low = finite[Math.floor(LOW_QUANTILE * last)] ?? NaN;
  const high = finite[Math.ceil((1 - LOW_QUANTILE) * last)] ?? NaN;
  if (low === high) return [smallest, largest];
  const margin = MARGIN * (high - low);
  return [Math.max(smallest, low - margin), Math.min(largest, high + margin)];
}

/**
 * Takes one pass and measures distances from the first finite value, because the mean of squares
 * minus the squared mean would cancel if the values are large and close together.
 */
function summarise(
  values: Float32Array,
): Pick<Histogram, 'smallest' | 'largest' | 'notANumber' | 'infinite' | 'mean' | 'std'> {
  let [smallest, largest, sum, squares, notANumber, infinite] = [Infinity, -Infinity, 0, 0, 0, 0];
  const origin = values.find(Number.isFinite) ?? 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
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
