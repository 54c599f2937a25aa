import { at } from '../../../at';
import type { EvaluationPoint } from '../../stores/run-store';
import type { SeriesRow } from '../../kit/plot/series';
import { accuracyAxis, decadeAxis, lossAxis, lossScale, stepAxis, type Axis } from '../../kit/plot/axes';
import { drawable, marksOf, smooth, thin, type Mark } from '../../kit/plot/curves';
import type { PlotPoint } from '../../kit/plot/plot-point';

export type Metric = 'loss' | 'accuracy';

interface MetricPoint extends PlotPoint {
  /** The training value, smoothed and as measured. */
  train: number | null;
  raw: number | null;
  validation: number | null;
}

/** Everything that the chart of one metric draws. */
export interface MetricCurves {
  points: MetricPoint[];
  /** The first step that each point stands for. */
  firsts: number[];
  /** The training values as measured, by point index. */
  raw: number[];
  /** The validation results by point index, for the points that have one. */
  validation: Map<number, EvaluationPoint>;
  marks: Mark[];
  x: Axis;
  y: Axis;
  /** `log` for losses that span many decades, as after a blow-up. */
  scale: 'linear' | 'log';
}

/**
 * The training curve with its smoothed form, and each validation result at the first point at or
 * after its step.
 * @param rows the steps to show, oldest first
 */
export function metricCurves(
  metric: Metric,
  rows: readonly SeriesRow[],
  evaluations: readonly EvaluationPoint[],
  smoothing: number,
): MetricCurves {
  const { steps, firsts, values } = thin(rows, [(row) => row[metric]]);
  const raw = at(values, 0);
  const scale = metric === 'loss' ? lossScale(raw) : 'linear';
  const smoothed = smooth(raw, smoothing, scale);
  const validation = placeEvaluations(steps, firsts[0], evaluations);
  const points = steps.map((step, index): MetricPoint => {
    const validated = validation.get(index)?.result[metric];
    return {
      step,
      index,
      train: drawable(at(smoothed, index), scale),
      raw: drawable(at(raw, index), scale),
      validation: validated === undefined ? null : drawable(validated, scale),
    };
  });
  const shown = points.flatMap((point) => [smoothing > 0 ? point.raw : point.train, point.validation]);
  const y = metric === 'accuracy' ? accuracyAxis(shown) : scale === 'log' ? decadeAxis(shown) : lossAxis(shown);
  return { points, firsts, raw, validation, marks: marksOf(steps, raw, scale), x: stepAxis(steps), y, scale };
}

/**
 * Maps the index of the first point at or after the step of each validation result to that result.
 * Results before the window, which begins at `first` (undefined if it is empty), are left out.
 */
function placeEvaluations(
  steps: readonly number[],
  first: number | undefined,
  evaluations: readonly EvaluationPoint[],
): Map<number, EvaluationPoint> {
  const placed = new Map<number, EvaluationPoint>();
  let index = 0;
  for (const evaluation of evaluations) {
    const { split, step } = evaluation;
    if (split !== 'validation' || first === undefined || step < first) continue;
    while (index < steps.length - 1 && at(steps, index) < step) index++;
    placed.set(index, evaluation);
  }
  return placed;
}
