import { at, last } from '../../../at';
import type { NormSlot } from '../../../model/norm-slots';
import { strideOf, type SeriesRow } from './series';

/**
 * One line has at most this many points. More could not be told apart at the size of the charts,
 * and would cost time.
 */
export const MOST_POINTS = 200;

/** One trainable layer, and the indices of its norms in a row. */
export interface LayerSlots {
  layer: string;
  slots: number[];
}

/**
 * The trainable layers in depth order, with the indices of their weight and bias norms. Norms of
 * outputs are left out.
 */
export function trainableLayers(normSlots: readonly NormSlot[]): LayerSlots[] {
  const layers = new Map<string, LayerSlots>();
  normSlots.forEach(({ layer, tensor }, slot) => {
    if (tensor === 'output') return;
    const entry = layers.get(layer) ?? { layer, slots: [] };
    entry.slots.push(slot);
    layers.set(layer, entry);
  });
  return [...layers.values()];
}

/**
 * The L2 norm of several tensors together, from the L2 norm of each. NaN and infinity pass through.
 * A norm that a stored row lacks is NaN.
 */
export function combinedNorm(norms: readonly number[], slots: readonly number[]): number {
  const only = slots.length === 1 ? slots[0] : undefined;
  if (only !== undefined) return norms[only] ?? NaN;
  return Math.sqrt(slots.reduce((sum, slot) => sum + (norms[slot] ?? NaN) ** 2, 0));
}

/**
 * The value of a curve at a point: a number (NaN and infinity included), or null if nothing was
 * measured.
 */
export type Measured = number | null;

/**
 * A line through (step, value) points. A point that stands for several steps has their mean value.
 */
export interface Curve {
  /** The last step that each point stands for. */
  steps: number[];
  /** The first step that each point stands for, one per entry of `steps`. */
  firsts: number[];
  /** One array per quantity, each as long as `steps`. */
  values: number[][];
}

/** The part of a row that {@link thin} needs: the steps that the row stands for. */
type Steps = Pick<SeriesRow, 'first' | 'step'>;

/** The number of steps per point that reduces the rows to at most `most` points. */
export function groupSize(rows: readonly Steps[], most = MOST_POINTS): number {
  // Leaves one point spare, because the groups at both ends may be incomplete.
  return rows.length > most ? Math.ceil(rows.length / (most - 1)) * strideOf(rows) : 1;
}

/**
 * Thins rows to points of `size` steps by averaging neighbours. Each row is weighted by the number
 * of steps that it stands for, because the newest row of a long run is often unfinished. Groups are
 * aligned to the step and not to the first row, so that points stay in place while the window
 * moves. A step that overflowed and was repeated with a lower learning rate has two rows, but one
 * point. A group that contains NaN or infinity becomes NaN or infinity.
 */
export function thin<Row extends Steps>(
  rows: readonly Row[],
  quantities: readonly ((row: Row) => number)[],
  size = groupSize(rows),
): Curve {
  const groups = groupsOf(rows, size);
  return {
    steps: groups.map((group) => last(group).step),
    firsts: groups.map(([row]) => firstOf(row)),
    values: quantities.map((quantity) => groups.map((group) => meanOf(group, quantity))),
  };
}

const firstOf = (row: Steps) => row.first ?? row.step;

/** Neighbouring rows whose last steps lie in the same `size` steps. */
function groupsOf<Row extends Steps>(rows: readonly Row[], size: number): [Row, ...Row[]][] {
  const groupOf = ({ step }: Row) => Math.floor((step - 1) / size);
  const groups: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && groupOf(group[0]) === groupOf(row)) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** The mean of a quantity over the steps that the rows stand for. */
function meanOf<Row extends Steps>(rows: readonly Row[], quantity: (row: Row) => number): number {
  let [sum, weight] = [0, 0];
  for (const row of rows) {
    const steps = row.step - firstOf(row) + 1;
    sum += steps * quantity(row);
    weight += steps;
  }
  return sum / weight;
}

/**
 * On a log axis, the smoothed line stays this close to its values: half a decade, as a natural
 * logarithm.
 */
const NEAR = Math.LN10 / 2;

/**
 * Exponential moving average with the bias correction of Adam (Kingma & Ba 2015, section 3), so
 * that the line does not start at zero. Some values stay as they are and do not enter the average:
 * null, values that are not finite, and values without a place on `scale` (0 on a log axis).
 * @param factor from 0 (no smoothing) to below 1 (flat)
 * @param scale 'log' averages the logarithms, so that a spike on a log axis weighs as much as it
 * looks. When values jump by decades, as in an explosion, the average of the logarithms would be
 * far from all of them. It is therefore kept within half a decade of the values
 */
export function smooth<V extends Measured>(
  values: readonly V[],
  factor: number,
  scale: 'linear' | 'log' = 'linear',
): (V | number)[] {
  if (factor <= 0) return values.slice();
  let [average, weight] = [0, 0];
  return values.map((value) => {
    if (value === null) return value;
    const x = scale === 'log' ? Math.log(value) : value;
    if (!Number.isFinite(x)) return value;
    weight = factor * weight + (1 - factor);
    const next = (factor * average + (1 - factor) * x) / weight;
    const mean = scale === 'log' ? Math.min(Math.max(next, x - NEAR), x + NEAR) : next;
    average = mean * weight;
    return scale === 'log' ? Math.exp(mean) : mean;
  });
}

/** A value that a line cannot show. `top`: NaN or infinite. `bottom`: zero on a log axis. */
export interface Mark {
  step: number;
  label: string;
  edge: 'top' | 'bottom';
}

/**
 * The places where a curve becomes NaN, infinite or (on a log axis) zero: the first point of every
 * such stretch, and at most `most` of them.
 */
export function marksOf(
  steps: readonly number[],
  values: readonly Measured[],
  scale: 'linear' | 'log',
  most = 12,
): Mark[] {
  const marks: Mark[] = [];
  let before = '';
  values.forEach((value, i) => {
    const label = value === null ? '' : faultOf(value, scale);
    if (label && label !== before && marks.length < most)
      marks.push({ step: at(steps, i), label, edge: label === 'zero' ? 'bottom' : 'top' });
    before = label;
  });
  return marks;
}

function faultOf(value: number, scale: 'linear' | 'log'): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return 'infinite';
  return scale === 'log' && value <= 0 ? 'zero' : '';
}

/** The value that a line can draw; null where the line has to break. */
export function drawable(value: Measured, scale: 'linear' | 'log'): number | null {
  return value !== null && Number.isFinite(value) && (scale === 'linear' || value > 0) ? value : null;
}
