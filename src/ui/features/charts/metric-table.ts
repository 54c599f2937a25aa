import { at } from '../../../at';
import type { EvaluationPoint } from '../../stores/run-store';
import type { SeriesRow } from '../../kit/plot/series';
import { stepColumns, type Cell, type ChartTable } from '../../kit/export/table';
import type { Metric } from './metric-curves';

/**
 * The numbers of the loss or accuracy chart: the training values by step, and the validation
 * results at the steps that have one.
 */
export function metricTable(
  metric: Metric,
  rows: readonly SeriesRow[],
  evaluations: readonly EvaluationPoint[],
  format: (value: number) => string,
): ChartTable {
  const unit = metric === 'loss' ? 'nats' : 'share';
  const first = rows[0]?.first ?? rows[0]?.step ?? 0;
  const validated = new Map(
    evaluations
      .filter(({ split, step }) => split === 'validation' && step >= first)
      .map((point) => [point.step, point]),
  );
  const trained = new Map(rows.map((row) => [row.step, row]));
  const steps = [...new Set([...trained.keys(), ...validated.keys()])].sort((a, b) => a - b);
  const { columns, cells, note } = stepColumns(
    steps.map((last) => ({ first: trained.get(last)?.first ?? last, last })),
  );
  return {
    note: note && `${note} Validation is as it was after the last of them.`,
    columns: [
      ...columns,
      { name: `training ${metric}`, unit, format },
      { name: `validation ${metric}`, unit, format },
      { name: 'validation images' },
    ],
    rows: steps.map((step, i): Cell[] => {
      const point = validated.get(step);
      const measured = trained.get(step)?.[metric] ?? null;
      return [...at(cells, i), measured, point?.result[metric] ?? null, point?.images ?? null];
    }),
  };
}
