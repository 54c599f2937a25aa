import { scaleLinear } from 'd3-scale';

/** The range of an axis and the places of its labels. */
export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/**
 * The steps from first to last, with whole-numbered ticks. A single step is placed in the middle,
 * where its point is visible. Both ends are rounded to a twentieth of the range, so that the axis,
 * and everything drawn from it, stays the same for several updates.
 */
export function stepAxis(steps: readonly number[]): Axis {
  const [first = 0] = steps;
  const last = steps.at(-1) ?? 1;
  if (first === last) return { domain: [first - 1, first + 1], ticks: [first] };
  const scale = scaleLinear([first, last], [0, 1]).nice(20);
  return { domain: scale.domain() as [number, number], ticks: scale.ticks(5).filter(Number.isInteger) };
}

/**
 * A loss above this has blown up: an untrained network starts at the logarithm of the number of
 * classes, which is below 6 for up to 256 of them.
 */
const BLOWN_UP = 1e3;

/**
 * The scale that shows all losses. Once one has blown up, the others would lie flat on the zero of a
 * linear axis.
 */
export function lossScale(values: Iterable<number | null>): 'linear' | 'log' {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    if (value === null || !(value > 0) || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most > BLOWN_UP && most / least > BLOWN_UP ? 'log' : 'linear';
}

/** From 0 to a round number above the largest value. */
export function lossAxis(values: Iterable<number | null>): Axis {
  let most = 0;
  for (const value of values) if (value !== null && Number.isFinite(value)) most = Math.max(most, value);
  const scale = scaleLinear([0, most || 1], [0, 1]).nice(4);
  return { domain: scale.domain() as [number, number], ticks: scale.ticks(4) };
}

/**
 * The range 0..1, or only its upper part once all values are in that part. There are just three
 * fixed ranges, so that the axis rarely jumps.
 */
export function accuracyAxis(values: Iterable<number | null>): Axis {
  let least = 1;
  for (const value of values) if (value !== null && Number.isFinite(value)) least = Math.min(least, value);
  const from = least > 0.92 ? 0.9 : least > 0.55 ? 0.5 : 0;
  return { domain: [from, 1], ticks: scaleLinear([from, 1], [0, 1]).ticks(4) };
}

/** From 0 to 1. */
export const shareAxis = (): Axis => ({ domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] });

/** Round numbers around the values and zero. */
export function linearAxis(values: Iterable<number | null>): Axis {
  let [least, most] = [0, 0];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least === most) most = 1;
  const scale = scaleLinear([least, most], [0, 1]).nice(4);
  return { domain: scale.domain() as [number, number], ticks: scale.ticks(4) };
}

/** Whole decades around the positive values, at least two of them, with at most six labels. */
export function decadeAxis(values: Iterable<number | null>): Axis {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || !(value > 0) || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least > most) [least, most] = [1e-3, 0.5];
  const high = Math.ceil(Math.log10(most) + 1e-9);
  const low = Math.min(Math.floor(Math.log10(least)), high - 2);
  const stride = Math.ceil((high - low) / 5);
  const ticks: number[] = [];
  for (let exponent = high; exponent >= low; exponent -= stride) ticks.unshift(decade(exponent));
  return { domain: [decade(low), decade(high)], ticks };
}

// Parsed, because 10 ** -3 is 0.001 but 10 ** -5 is not the double nearest to 1e-5. Parsing gives
// exactly the value that the label of the tick shows.
const decade = (exponent: number) => Number(`1e${exponent}`);
