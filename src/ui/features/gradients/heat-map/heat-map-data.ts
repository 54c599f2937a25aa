import { at, last, outside } from '../../../../at';
import type { Measured } from '../../../kit/plot/curves';
import type { LayerSeries, Spread } from '../../../parts/charts/layer-curves';

/** A picture of layers over time: one row per layer, one column per group of steps. */
export interface HeatMap {
  layers: string[];
  /** The first and last step of each column, and how many of its steps were measured. */
  columns: { from: number; to: number; measured: number }[];
  /**
   * cells[layer][column] is a mean: NaN or infinite if any value was, null if nothing was measured.
   */
  cells: Measured[][];
  /** The values of the first and the last colour. */
  domain: [number, number];
  scale: 'linear' | 'log';
}

/**
 * Groups the points of a series into at most `most` columns of equally many steps. On a log scale
 * the mean is the geometric one: the scale shows that as the middle.
 */
export function heatMap({ layers, steps, firsts, values }: LayerSeries, spread: Spread, most: number): HeatMap {
  const scale = spread === 'decades' ? 'log' : 'linear';
  const groups = groupSteps(steps, most);
  const ends = groups.map((points) => at(steps, last(points)));
  const columns = groups.map((points, g) => ({
    from: g === 0 ? at(firsts, 0) : at(ends, g - 1) + 1,
    to: at(ends, g),
    measured: points.reduce((sum, i) => sum + at(steps, i) - at(firsts, i) + 1, 0),
  }));
  const cells = values.map((line) => groups.map((points) => meanOf(line, points, scale)));
  return { layers, columns, cells, domain: spread === 'share' ? [0, 1] : domainOf(cells.flat(), scale), scale };
}

/** The indices of the steps of each column; columns without steps are left out. */
function groupSteps(steps: readonly number[], most: number): number[][] {
  const [first] = steps;
  if (first === undefined) return [];
  const width = Math.max(1, (last(steps) - first + 1) / most);
  const groups: number[][] = [];
  let open = -1;
  steps.forEach((step, i) => {
    const column = Math.floor((step - first) / width);
    if (column !== open) groups.push([]);
    open = column;
    last(groups).push(i);
  });
  return groups;
}

/**
 * The mean of a column's points. It is a plain loop, since it runs for every cell at every redraw.
 */
function meanOf(line: readonly Measured[], points: readonly number[], scale: 'linear' | 'log'): Measured {
  let [known, sum, positive, logarithms] = [0, 0, 0, 0];
  for (const point of points) {
    const value = line[point];
    if (value === undefined) throw outside(point, line.length);
    if (value === null) continue;
    if (!Number.isFinite(value)) return value;
    known++;
    sum += value;
    if (scale === 'linear' || value <= 0) continue;
    positive++;
    logarithms += Math.log(value);
  }
  if (known === 0) return null;
  // A zero has no logarithm. If the column has other values, those decide, as they do in the
  // curves.
  return positive > 0 ? Math.exp(logarithms / positive) : sum / known;
}

/**
 * From the smallest to the largest value; on a log scale in whole decades, so the colours seldom
 * shift.
 */
function domainOf(cells: readonly Measured[], scale: 'linear' | 'log'): [number, number] {
  const shown = cells.filter(
    (value): value is number => value !== null && Number.isFinite(value) && (scale === 'linear' || value > 0),
  );
  if (shown.length === 0) return scale === 'log' ? [1e-3, 1] : [0, 1];
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  if (scale === 'linear') return least === most ? [least, least + 1] : [least, most];
  const low = Math.floor(Math.log10(least) + 1e-9);
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9))];
}

/** The place of a value on the colour scale, 0..1; null if no colour can show it. */
export function shadeOf(value: Measured, { domain, scale }: Pick<HeatMap, 'domain' | 'scale'>): number | null {
  if (value === null || !Number.isFinite(value) || (scale === 'log' && value <= 0)) return null;
  const place = (x: number) => (scale === 'log' ? Math.log10(x) : x);
  const low = place(domain[0]);
  return Math.min(1, Math.max(0, (place(value) - low) / (place(domain[1]) - low)));
}
