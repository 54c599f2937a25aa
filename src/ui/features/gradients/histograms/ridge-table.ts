import type { Histogram } from '../../../../train/wire/protocol';
import type { Cell, ChartTable } from '../../../kit/export/table';
import { formatNumber } from '../../../kit/words/format';

/**
 * A table with a row per bin of every slice, and one row for each kind of value outside the bins,
 * if there are any.
 */
export function ridgeTable(slices: readonly { step: number; histogram: Histogram }[]): ChartTable {
  const bound = { format: formatNumber };
  return {
    columns: [{ name: 'step' }, { name: 'from', ...bound }, { name: 'to', ...bound }, { name: 'values' }],
    rows: slices.flatMap(({ step, histogram }) => rowsOf(histogram).map((row): Cell[] => [step, ...row])),
  };
}

function rowsOf({ min, max, counts, below, above, smallest, largest, notANumber, infinite }: Histogram): Cell[][] {
  const width = (max - min) / counts.length;
  const bins = counts.map((count, bin): Cell[] => [min + bin * width, min + (bin + 1) * width, count]);
  const beside: Cell[][] = [
    [smallest, min, below],
    [max, largest, above],
    ['NaN', 'NaN', notANumber],
    ['infinite', 'infinite', infinite],
  ];
  return [...bins, ...beside.filter(([, , count]) => count !== 0)];
}
