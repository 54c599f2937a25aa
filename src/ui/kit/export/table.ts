/** Null means that there is no such number. */
export type Cell = number | string | null;

export interface TableColumn {
  name: string;
  /** Left out for counts, shares and plain words. */
  unit?: string;
  /** How the page shows a number of this column. */
  format?: (value: number) => string;
}

/** The numbers behind a chart. */
export interface ChartTable {
  columns: TableColumn[];
  /** Each row is as long as `columns`; oldest first. */
  rows: Cell[][];
  /** What the reader has to know to understand the rows. */
  note?: string;
}

/** The steps that a row covers. */
export interface StepSpan {
  first: number;
  last: number;
}

/**
 * The columns that say which steps a row covers: one column if every row is a single step,
 * otherwise the first and the last step.
 */
export function stepColumns(spans: readonly StepSpan[]): { columns: TableColumn[]; cells: Cell[][]; note?: string } {
  if (spans.every(({ first, last }) => first === last))
    return { columns: [{ name: 'step' }], cells: spans.map(({ last }) => [last]) };
  return {
    columns: [{ name: 'first step' }, { name: 'last step' }],
    cells: spans.map(({ first, last }) => [first, last]),
    note: 'A long run is kept in fewer rows than it had steps: a row holds the mean from its first to its last step.',
  };
}

/** A column's name with its unit, as in `loss (nats)`. */
export const headerOf = ({ name, unit }: TableColumn) => (unit ? `${name} (${unit})` : name);

/** The text of a cell on the page. */
export function shownAs(cell: Cell, { format = String }: TableColumn): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? format(cell) : cell;
}

/**
 * Makes comma-separated values as in RFC 4180, with a header line. Numbers have all their figures
 * (the shortest form that reads back as the same double), including `NaN`, `Infinity` and
 * `-Infinity`. Missing values are empty.
 */
export function toCsv({ columns, rows }: ChartTable): string {
  const lines = [columns.map(headerOf), ...rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Makes a file name: `Gradient magnitude` at step 1240 becomes `gradient-magnitude-step-1240.csv`.
 */
export function fileName(title: string, step: number, extension: 'csv' | 'png'): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${slug}-step-${step}.${extension}`;
}
