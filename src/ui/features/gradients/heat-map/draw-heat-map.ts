import { at, last } from '../../../../at';
import { shadeOf, type HeatMap } from './heat-map-data';

/**
 * If a fault was measured at the end of a wide column, the red mark is this wide, in CSS pixels.
 */
const FAULT_WIDTH = 12;

/** Height of a row in CSS pixels: large enough to touch with a finger. */
export const ROW_HEIGHT = 24;

export interface HeatMapColors {
  color: (shade: number) => string;
  /** The colour of cells that are NaN or infinite. */
  fault: string;
  faultSign: string;
  /** The colour of zeros on a log scale. */
  zero: string;
  /** The colour of the frame around the cursor. */
  cursor: string;
}

/** The left and right end of a column. */
type Span = readonly [left: number, right: number];

/** The ends of a column as shares of the width, in proportion to its steps. */
function columnSpan({ columns }: HeatMap, column: number): Span {
  const first = at(columns, 0).from;
  const count = last(columns).to - first + 1;
  const { from, to } = at(columns, column);
  return [(from - first) / count, (to + 1 - first) / count];
}

/** The column at a share of the width. */
export function columnAt(map: HeatMap, share: number): number {
  const found = map.columns.findIndex((_, column) => share < columnSpan(map, column)[1]);
  return found < 0 ? map.columns.length - 1 : found;
}

/** Paints the cells. @param width in CSS pixels, which are the units of the context */
export function drawHeatMap(
  context: CanvasRenderingContext2D,
  map: HeatMap,
  width: number,
  colors: HeatMapColors,
  cursor: { row: number; column: number } | null,
): void {
  context.clearRect(0, 0, width, map.layers.length * ROW_HEIGHT);
  const edges = map.columns.map((_, column): Span => {
    const [left, right] = columnSpan(map, column);
    return [Math.round(left * width), Math.round(right * width)];
  });
  map.cells.forEach((cells, row) => {
    const top = row * ROW_HEIGHT + 1;
    cells.forEach((value, column) => {
      if (value === null) return;
      const shade = shadeOf(value, map);
      const span = at(edges, column);
      const right = span[1];
      const left = Number.isFinite(value) ? span[0] : faultLeft(map, column, span);
      context.fillStyle = shade !== null ? colors.color(shade) : Number.isFinite(value) ? colors.zero : colors.fault;
      context.fillRect(left, top, Math.max(1, right - left), ROW_HEIGHT - 2);
    });
    drawFaults(context, map, cells, edges, top, colors);
  });
  if (cursor) frameCell(context, at(edges, cursor.column), cursor.row * ROW_HEIGHT, colors.cursor);
}

/**
 * The left edge of a fault. Only the measured step at the end of a column is known to be faulty,
 * not those before it, so only the end is marked, as wide as its cross.
 */
function faultLeft({ columns }: HeatMap, column: number, [left, right]: Span): number {
  const { from, to, measured } = at(columns, column);
  return measured > to - from ? left : Math.max(left, right - FAULT_WIDTH);
}

/**
 * Draws a cross on every cell where a stretch of NaN or infinity begins, so red is not its only
 * sign.
 */
function drawFaults(
  context: CanvasRenderingContext2D,
  map: HeatMap,
  cells: readonly (number | null)[],
  edges: readonly Span[],
  top: number,
  { faultSign }: HeatMapColors,
): void {
  const isFault = (value: number | null | undefined) => typeof value === 'number' && !Number.isFinite(value);
  context.strokeStyle = faultSign;
  context.lineWidth = 2;
  cells.forEach((value, column) => {
    if (!isFault(value) || isFault(cells[column - 1])) return;
    const span = at(edges, column);
    const middle = (faultLeft(map, column, span) + span[1]) / 2;
    const [x, y] = [Math.min(Math.max(5, middle), last(edges)[1] - 5), top + ROW_HEIGHT / 2 - 1];
    context.stroke(new Path2D(`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`));
  });
}

function frameCell(context: CanvasRenderingContext2D, [left, right]: Span, top: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.strokeRect(left - 1, top + 1, Math.max(2, right - left) + 2, ROW_HEIGHT - 2);
}
