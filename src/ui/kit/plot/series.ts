import { at } from '../../../at';

/** One point of the curves: a training step, or the mean over several steps. */
export interface SeriesRow {
  /** The first step that went into the row. Omitted in a row of a single step. */
  first?: number;
  /** The last step that went into the row. */
  step: number;
  loss: number;
  accuracy: number;
  /** The L2 norms, in the order of the run's `normSlots`. */
  norms: number[];
}

/** A {@link Series} as plain data. */
export interface SeriesRecord {
  rows: SeriesRow[];
  latest: SeriesRow[];
  open: { row: SeriesRow; count: number } | null;
  stride: number;
}

const FULL_POINTS = 400;
const RECENT_POINTS = 500;

/**
 * The history of a run in bounded memory: the last steps unchanged, and the whole run in at most
 * 400 rows. When those rows are full, neighbours merge and each row stands for twice as many steps,
 * so that a line stays evenly spaced.
 */
export class Series {
  private rows: SeriesRow[] = [];
  private latest: SeriesRow[] = [];
  private open: { row: SeriesRow; count: number } | null = null;
  /** The number of steps that a closed row stands for. Always a power of two. */
  private stride = 1;

  /**
   * Makes a history that continues from a {@link record}. A record of an earlier version lacks
   * `first` in its rows, so it is computed.
   */
  static from({ rows, latest, open, stride }: SeriesRecord): Series {
    return Object.assign(new Series(), {
      rows: rows.map((row) => withFirst(row, stride)),
      latest: [...latest],
      open: open && { ...open, row: withFirst(open.row, open.count) },
      stride,
    });
  }

  /** A snapshot of the whole history. */
  record(): SeriesRecord {
    return { rows: [...this.rows], latest: this.recent(), open: this.open, stride: this.stride };
  }

  append(row: SeriesRow): void {
    this.latest.push(row);
    if (this.latest.length > 2 * RECENT_POINTS) this.latest = this.latest.slice(-RECENT_POINTS);
    this.open = this.open
      ? { row: merge(this.open.row, this.open.count, row), count: this.open.count + 1 }
      : { row, count: 1 };
    if (this.open.count < this.stride) return;
    this.rows.push(this.open.row);
    this.open = null;
    if (this.rows.length >= FULL_POINTS) this.halve();
  }

  /** The last `n` steps, at most 500, oldest first. */
  recent(n: number = RECENT_POINTS): SeriesRow[] {
    return this.latest.slice(-Math.min(n, RECENT_POINTS));
  }

  /** The whole run in at most 400 rows, oldest first. */
  full(): SeriesRow[] {
    return this.open ? [...this.rows, this.open.row] : this.rows.slice();
  }

  private halve(): void {
    const merged: SeriesRow[] = [];
    for (let i = 0; i < this.rows.length; i += 2) merged.push(merge(at(this.rows, i), 1, at(this.rows, i + 1)));
    this.rows = merged;
    this.stride *= 2;
  }
}

const withFirst = (row: SeriesRow, count: number): SeriesRow =>
  row.first !== undefined || count === 1 ? row : { first: row.step - count + 1, ...row };

/**
 * The number of steps per row. It is the same for all rows except the last, which may be
 * unfinished.
 */
export function strideOf(rows: readonly Pick<SeriesRow, 'step'>[]): number {
  if (rows.length < 3) return 1;
  const span = at(rows, rows.length - 2).step - at(rows, 0).step;
  return Math.max(1, Math.round(span / (rows.length - 2)));
}

/**
 * Merges rows into rows of `stride` steps, as a longer run would have them. `stride` must be a
 * multiple of the steps per row.
 */
export function coarser(rows: readonly SeriesRow[], stride: number): SeriesRow[] {
  const merged: SeriesRow[] = [];
  for (const row of rows) {
    const before = merged.at(-1);
    const same = before && Math.floor((before.step - 1) / stride) === Math.floor((row.step - 1) / stride);
    if (same) merged[merged.length - 1] = merge(before, stepsOf(before) / stepsOf(row), row);
    else merged.push(row);
  }
  return merged;
}

const stepsOf = ({ first, step }: SeriesRow) => step - (first ?? step) + 1;

/**
 * Merges two rows. The first stands for `weight` times as many steps as the second. NaN and
 * infinity survive, so that their marks survive too. A norm that a stored row lacks is NaN.
 */
function merge(a: SeriesRow, weight: number, b: SeriesRow): SeriesRow {
  const mean = (x: number, y: number) => (x * weight + y) / (weight + 1);
  return {
    first: a.first ?? a.step,
    step: b.step,
    loss: mean(a.loss, b.loss),
    accuracy: mean(a.accuracy, b.accuracy),
    norms: b.norms.map((norm, i) => geometricMean(a.norms[i] ?? NaN, weight, norm)),
  };
}

/**
 * Norms span decades on a log axis, and the geometric mean is the middle there. A zero would make
 * the mean zero, so the larger norm is taken then.
 */
function geometricMean(a: number, weight: number, b: number): number {
  if (!(a > 0 && b > 0)) return Math.max(a, b);
  return Math.exp((Math.log(a) * weight + Math.log(b)) / (weight + 1));
}
