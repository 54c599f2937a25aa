import type { Histogram } from './protocol';

/**
 * Counts values in equal bins from the smallest to the largest finite one; NaN and infinities are counted apart, so that one
 * of them does not hide the rest. Without any finite value all bins are empty and min = max = mean = std = 0; where all
 * values are equal, they lie in the middle bin.
 */
export function histogramOf(values: Float32Array, bins = 40): Histogram {
  const summary = summarise(values);
  const { min, max } = summary;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = max > min ? Math.floor(((value - min) / (max - min)) * bins) : bins >> 1;
    counts[Math.min(bin, bins - 1)]++;
  }
  return { ...summary, counts };
}

function summarise(values: Float32Array): Omit<Histogram, 'counts'> {
  let [min, max, sum, squares, notANumber, infinite] = [Infinity, -Infinity, 0, 0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) notANumber++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
  }
  const finite = values.length - notANumber - infinite;
  if (finite === 0) return { min: 0, max: 0, notANumber, infinite, mean: 0, std: 0 };
  const mean = sum / finite;
  // A second pass: the mean of squares minus the squared mean would cancel where values are large and close together.
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return { min, max, notANumber, infinite, mean, std: Math.sqrt(squares / finite) };
}
