import { at } from '../../../at';
import type { LayerSeries } from './layer-curves';
import { stepColumns, type ChartTable } from '../../kit/export/table';

/**
 * The numbers of a chart with one line per layer. It has a row per step (or group of steps) and a
 * column per layer.
 */
export function layerTable(
  { layers, steps, firsts, values }: LayerSeries,
  unit: string,
  format: (value: number) => string,
): ChartTable {
  const spans = steps.map((last, i) => ({ first: at(firsts, i), last }));
  const { columns, note, cells } = stepColumns(spans);
  return {
    note,
    columns: [...columns, ...layers.map((name) => ({ name, unit, format }))],
    rows: cells.map((span, i) => [...span, ...values.map((line) => at(line, i))]),
  };
}
