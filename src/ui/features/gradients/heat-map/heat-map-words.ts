import { formatExact } from '../../../kit/words/format';
import type { HeatMap } from './heat-map-data';

/** Says which steps a heat map covers, and how many steps a column averages. */
export function captionOf({ columns }: HeatMap): string {
  const [first, last] = [columns[0]?.from, columns.at(-1)?.to];
  if (first === undefined || last === undefined) return 'no steps yet';
  if (first === last) return `step ${formatExact(last)}`;
  const most = Math.max(...columns.map(({ measured }) => measured));
  const mean = most > 1 ? `, a column is the mean of up to ${formatExact(most)} steps` : '';
  return `steps ${formatExact(first)} to ${formatExact(last)}${mean}`;
}

/** Says which steps a column covers, and how many of them were measured. */
export function columnText({ from, to, measured }: HeatMap['columns'][number]): string {
  if (from === to) return `step ${formatExact(to)}`;
  const how = measured > 1 ? `mean of ${formatExact(measured)} steps` : `measured at step ${formatExact(to)}`;
  return `steps ${formatExact(from)} to ${formatExact(to)} (${how})`;
}
