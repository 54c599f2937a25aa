import type { LayerSeries } from './layer-curves';
import type { ChartTable } from './export/table';

/** The numbers of a chart with one line per layer: a row per step, a column per layer. */
export function layerTable({ layers, steps, values }: LayerSeries, unit: string, format: (value: number) => string): ChartTable {
  return {
    columns: [{ name: 'step' }, ...layers.map((name) => ({ name, unit, format }))],
    rows: steps.map((step, i) => [step, ...values.map((line) => line[i])]),
  };
}
