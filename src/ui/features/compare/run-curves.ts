import { at, last } from '../../../at';
import type { PlotPoint } from '../../kit/plot/plot-point';
import { combinedNorm, drawable, groupSize, MOST_POINTS, smooth, thin, trainableLayers } from '../../kit/plot/curves';
import type { KeptEvaluation, KeptRun } from '../../stores/kept-run';
import { coarser, strideOf, type SeriesRow } from '../../kit/plot/series';

/** A number of a run at a step. */
export type Quantity = (row: SeriesRow) => number;

/**
 * Two runs on shared axes: the values of each under `a` and `b`, those of validation under
 * `aValidation` and `bValidation`.
 */
export interface Overlay {
  points: OverlayPoint[];
  steps: number[];
  /** The last measured value of each run; undefined if there is none. */
  last: { a?: number; b?: number };
}

/** The lines of an overlay: their keys in its points, and their names. */
export const LINES = { a: 'A', b: 'B', aValidation: 'A, validation', bValidation: 'B, validation' };
type LineKey = keyof typeof LINES;
export const LINE_KEYS = Object.keys(LINES) as LineKey[];
type OverlayPoint = PlotPoint & Record<LineKey, number | null>;

export interface OverlayOptions {
  /** The factor of the moving average, 0..0.99. */
  smoothing: number;
  scale: 'linear' | 'log';
  /** The same quantity for the evaluations on validation images, if there is one. */
  evaluated?: (point: KeptEvaluation) => number;
}

interface Line {
  steps: number[];
  values: number[];
}

/**
 * Brings two runs onto the same steps. Each row of the longer run may cover more steps, so the rows
 * of the shorter run are merged until they cover as many, and both runs are thinned alike. Two
 * equal runs of different length then give the same line up to the end of the shorter one. Between
 * two rows, a run has the value on the straight line between them. Before its first and after its
 * last row, it has no value.
 */
export function overlay(
  a: KeptRun | null,
  b: KeptRun | null,
  quantityOf: (run: KeptRun) => Quantity | null,
  options: OverlayOptions,
): Overlay {
  const lines = linesOf({ a, b }, quantityOf, options);
  const grid = gridOf([...lines.a.steps, ...lines.b.steps]);
  const points = grid.map((step, index): OverlayPoint => {
    return {
      step,
      index,
      a: shown(valueAt(lines.a, step), options),
      b: shown(valueAt(lines.b, step), options),
      aValidation: null,
      bValidation: null,
    };
  });
  placeEvaluations(points, 'aValidation', a, options);
  placeEvaluations(points, 'bValidation', b, options);
  return { points, steps: grid, last: { a: lastOf(a, quantityOf), b: lastOf(b, quantityOf) } };
}

type Pair<T> = Record<'a' | 'b', T>;

/** The line of each run, with points that cover the same steps in both. */
function linesOf(
  runs: Pair<KeptRun | null>,
  quantityOf: (run: KeptRun) => Quantity | null,
  { smoothing, scale }: OverlayOptions,
): Pair<Line> {
  const rows = alike({ a: runs.a?.rows ?? [], b: runs.b?.rows ?? [] });
  const size = Math.max(groupSize(rows.a), groupSize(rows.b));
  const lineOf = (side: 'a' | 'b'): Line => {
    const run = runs[side];
    const quantity = run && quantityOf(run);
    if (!quantity) return { steps: [], values: [] };
    const { steps, values } = thin(rows[side], [quantity], size);
    return { steps, values: smooth(at(values, 0), smoothing, scale) };
  };
  return { a: lineOf('a'), b: lineOf('b') };
}

/** Merges rows so that each row covers the same number of steps in both runs. */
function alike({ a, b }: Pair<readonly SeriesRow[]>): Pair<readonly SeriesRow[]> {
  const [aStride, bStride] = [strideOf(a), strideOf(b)];
  return { a: aStride < bStride ? coarser(a, bStride) : a, b: bStride < aStride ? coarser(b, aStride) : b };
}

const lastOf = (run: KeptRun | null, quantityOf: (run: KeptRun) => Quantity | null): number | undefined => {
  const [row, quantity] = [run?.rows.at(-1), run && quantityOf(run)];
  return row && quantity ? quantity(row) : undefined;
};

const shown = (value: number | null, { scale }: OverlayOptions) => (value === null ? null : drawable(value, scale));

/**
 * All steps of both lines. If there are too many, evenly spaced steps instead, as many as can be
 * told apart.
 */
function gridOf(steps: readonly number[]): number[] {
  const all = [...new Set(steps)].sort((x, y) => x - y);
  if (all.length <= MOST_POINTS) return all;
  const [from, to] = [at(all, 0), last(all)];
  const even = Array.from({ length: MOST_POINTS }, (_, i) => Math.round(from + ((to - from) * i) / (MOST_POINTS - 1)));
  return [...new Set(even)];
}

/**
 * The value at a step, on the straight line between the points beside it; null outside the line.
 */
export function valueAt({ steps, values }: Line, step: number): number | null {
  const right = steps.findIndex((each) => each >= step);
  if (right < 0) return null;
  const [to, end] = [at(steps, right), at(values, right)];
  if (to === step) return end;
  if (right === 0) return null;
  const [from, start] = [at(steps, right - 1), at(values, right - 1)];
  const share = (step - from) / (to - from);
  return start + share * (end - start);
}

/** Puts each validation result at the first point that is not before its step. */
function placeEvaluations(
  points: OverlayPoint[],
  key: LineKey,
  run: KeptRun | null,
  { evaluated, scale }: OverlayOptions,
): void {
  if (!run || !evaluated || points.length === 0) return;
  for (const evaluation of run.evaluations) {
    if (evaluation.split !== 'validation') continue;
    const point = points.find(({ step }) => step >= evaluation.step) ?? last(points);
    point[key] = drawable(evaluated(evaluation), scale);
  }
}

/**
 * The ids of the trained layers that both runs have, in the order of the first run; if there is
 * only one run, all of its layers.
 */
export function matchingLayers(a: KeptRun | null, b: KeptRun | null): string[] {
  const idsOf = (run: KeptRun) => trainableLayers(run.normSlots).map(({ layer }) => layer);
  if (!a || !b) return a || b ? idsOf((a ?? b)!) : [];
  const others = new Set(idsOf(b));
  return idsOf(a).filter((id) => others.has(id));
}

/** L2 norm of the gradients of one layer, or of all trained tensors together. */
export const gradientNorm =
  (layer: string | null) =>
  (run: KeptRun): Quantity | null => {
    const wanted = trainableLayers(run.normSlots).filter((entry) => layer === null || entry.layer === layer);
    if (wanted.length === 0) return null;
    const slots = wanted.flatMap((entry) => entry.slots);
    return (row) => combinedNorm(row.norms, slots);
  };
