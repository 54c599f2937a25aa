import type { NormSlot } from '../../../model/norm-slots';
import { strideOf, type SeriesRow } from './series';

/**
 * The points of one line are at most this many: more cannot be told apart at the size of the
 * charts, but cost time.
 */
export const MOST_POINTS = 200;

/** One trainable layer and where its norms stand in a row. */
export interface LayerSlots {
  layer: string;
  slots: number[];
}

/**
 * Trainable layers in depth order with the places of their weight and bias norms; norms of outputs
 * are left out.
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

/** L2 norm over several tensors, from the L2 norm of each. NaN and infinity pass through. */
export function combinedNorm(norms: readonly number[], slots: readonly number[]): number {
  return slots.length === 1 ? norms[slots[0]] : Math.sqrt(slots.reduce((sum, slot) => sum + norms[slot] ** 2, 0));
}

/**
 * What a curve has at a point: a number (NaN and infinities included), or null where nothing was
 * measured.
 */
export type Measured = number | null;

/** A line through (step, value); the value of several steps is their mean. */
export interface Curve {
  /** Last step that a point stands for. */
  steps: number[];
  /** First step that a point stands for, one per entry of `steps`. */
  firsts: number[];
  /** One array per quantity, as long as `steps`. */
  values: number[][];
}

/** What {@link thin} has to know of a row: the steps that it stands for. */
type Steps = Pick<SeriesRow, 'first' | 'step'>;

/** Steps that go into one point where rows become at most `most` points. */
export function groupSize(rows: readonly Steps[], most = MOST_POINTS): number {
  // One point in hand for the incomplete groups at both ends.
  return rows.length > most ? Math.ceil(rows.length / (most - 1)) * strideOf(rows) : 1;
}

/**
 * Thins rows to points of `size` steps by averaging neighbours, each row by as much as the steps it
 * stands for: the newest of a long run is often unfinished. Groups are aligned to the step, not to
 * the first row, so that points stay where they are while the window moves on. A step that
 * overflowed and was done again with a lower learning rate has two rows, and one point. A group
 * with a NaN or infinity becomes one.
 */
export function thin<Row extends Steps>(
  rows: readonly Row[],
  quantities: readonly ((row: Row) => number)[],
  size = groupSize(rows),
): Curve {
  const curve: Curve = { steps: [], firsts: [], values: quantities.map(() => []) };
  const firstOf = (row: Row) => row.first ?? row.step;
  const groupOf = ({ step }: Row) => Math.floor((step - 1) / size);
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && groupOf(rows[to]) === groupOf(rows[from])) to++;
    curve.steps.push(rows[to - 1].step);
    curve.firsts.push(firstOf(rows[from]));
    quantities.forEach((quantity, q) => {
      let [sum, weight] = [0, 0];
      for (let i = from; i < to; i++) {
        const steps = rows[i].step - firstOf(rows[i]) + 1;
        sum += steps * quantity(rows[i]);
        weight += steps;
      }
      curve.values[q].push(sum / weight);
    });
    from = to;
  }
  return curve;
}

/** On a log axis a line stays within this of its values: half a decade, as a natural logarithm. */
const NEAR = Math.LN10 / 2;

/**
 * Exponential moving average with the bias correction of Adam (Kingma & Ba 2015, section 3), so
 * that the line does not start at zero. Values that are not finite or not there, and those that
 * `scale` cannot take (0 on a log axis), stay as they are and leave the average alone.
 * @param factor 0 (nothing) to below 1 (flat)
 * @param scale 'log' averages the logarithms: a spike on a log axis then weighs as much as it
 *   looks. Where values jump by decades, as they do when something explodes, the average of the
 *   decades would be far from all of them: it follows within half a decade
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

/** A value that no line can show. `top`: NaN or infinite. `bottom`: zero on a log axis. */
export interface Mark {
  step: number;
  label: string;
  edge: 'top' | 'bottom';
}

/**
 * Where a curve becomes NaN, infinite or (on a log axis) zero: the first point of every such
 * stretch, at most `most`.
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
      marks.push({ step: steps[i], label, edge: label === 'zero' ? 'bottom' : 'top' });
    before = label;
  });
  return marks;
}

function faultOf(value: number, scale: 'linear' | 'log'): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return 'infinite';
  return scale === 'log' && value <= 0 ? 'zero' : '';
}

/** A value for a line: null where it has to break. */
export function drawable(value: Measured, scale: 'linear' | 'log'): number | null {
  return value !== null && Number.isFinite(value) && (scale === 'linear' || value > 0) ? value : null;
}
