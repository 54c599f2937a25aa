import type { EvaluationPoint } from '../stores/run-store';
import type { SeriesRow } from '../stores/series';
import type { Cell, ChartTable } from './export/table';
import type { Metric } from './metric-curves';

/** The numbers of the loss or accuracy chart: training by step, and the validation results of the steps that have one. */
export function metricTable(
  metric: Metric,
  rows: readonly SeriesRow[],
  evaluations: readonly EvaluationPoint[],
  format: (value: number) => string,
): ChartTable {
  const unit = metric === 'loss' ? 'nats' : 'share';
  const first = rows[0]?.step ?? 0;
  const validated = new Map(
    evaluations.filter(({ split, step }) => split === 'validation' && step >= first).map((point) => [point.step, point]),
  );
  const trained = new Map(rows.map((row) => [row.step, row[metric]]));
  const steps = [...new Set([...trained.keys(), ...validated.keys()])].sort((a, b) => a - b);
  return {
    columns: [
      { name: 'step' },
      { name: `training ${metric}`, unit, format },
      { name: `validation ${metric}`, unit, format },
      { name: 'validation images' },
    ],
    rows: steps.map((step): Cell[] => {
      const point = validated.get(step);
      return [step, trained.get(step) ?? null, point?.result[metric] ?? null, point?.images ?? null];
    }),
  };
}
