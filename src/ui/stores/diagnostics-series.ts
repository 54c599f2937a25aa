import type { LayerDiagnostics } from '../../train/wire/protocol';

/** The diagnostics of every layer at one step. */
export interface DiagnosticsRow {
  /** The step at which the layers were inspected. */
  step: number;
  /** In the order of the network. A row whose histograms were dropped has no `tensors`. */
  layers: LayerDiagnostics[];
}

/** A whole {@link DiagnosticsSeries} as plain data. */
export interface DiagnosticsRecord {
  figures: ThinnedRecord<DiagnosticsRow>;
  histograms: ThinnedRecord<DiagnosticsRow>;
  latest: DiagnosticsRow | null;
}

interface ThinnedRecord<T> {
  items: T[];
  stride: number;
  given: number;
}

/** A row of figures is small, but a slice of histograms is not: about 60 kB for 50 layers. */
const MOST_ROWS = 400;
const MOST_SLICES = 60;

/**
 * Holds the diagnostics of a whole run in bounded memory: at most 400 rows of figures and 60 slices
 * of histograms. When one of the two is full, it drops every second entry, and from then on it
 * keeps only every second new entry. That way both cover the run evenly.
 */
export class DiagnosticsSeries {
  private readonly figures: Thinned<DiagnosticsRow>;
  private readonly histograms: Thinned<DiagnosticsRow>;
  /** The last row, including its histograms. */
  latest: DiagnosticsRow | null = null;

  constructor(record?: DiagnosticsRecord) {
    this.figures = new Thinned(MOST_ROWS, record?.figures);
    this.histograms = new Thinned(MOST_SLICES, record?.histograms);
    this.latest = record?.latest ?? null;
  }

  /**
   * A snapshot of the whole series. A {@link DiagnosticsSeries} made from it continues from there.
   */
  record(): DiagnosticsRecord {
    return { figures: this.figures.record(), histograms: this.histograms.record(), latest: this.latest };
  }

  /** @param row must have a later step than all rows before it */
  append(row: DiagnosticsRow): void {
    this.latest = row;
    this.figures.append({
      step: row.step,
      layers: row.layers.map((layer) => (layer.tensors.length > 0 ? { ...layer, tensors: [] } : layer)),
    });
    this.histograms.append(row);
  }

  /**
   * The rows of the whole run, oldest first, including the last one. Rows that are also in
   * {@link slices} have their `tensors`.
   */
  rows(): DiagnosticsRow[] {
    const whole = new Map(this.histograms.kept().map((row) => [row.step, row]));
    return withLast(
      this.figures.kept().map((row) => whole.get(row.step) ?? row),
      this.latest,
    );
  }

  /** The rows whose histograms were kept, oldest first, including the last one. */
  slices(): DiagnosticsRow[] {
    return withLast(this.histograms.kept(), this.latest);
  }
}

function withLast(kept: DiagnosticsRow[], latest: DiagnosticsRow | null): DiagnosticsRow[] {
  if (!latest) return kept;
  return kept.at(-1)?.step === latest.step ? [...kept.slice(0, -1), latest] : [...kept, latest];
}

/** Keeps at most `most` items, evenly spaced over all items given. */
class Thinned<T> {
  private items: T[];
  /** Only every `stride`-th of the items given is kept. Always a power of two. */
  private stride: number;
  private given: number;

  constructor(
    private readonly most: number,
    { items, stride, given }: ThinnedRecord<T> = { items: [], stride: 1, given: 0 },
  ) {
    this.items = [...items];
    this.stride = stride;
    this.given = given;
  }

  record(): ThinnedRecord<T> {
    const { items, stride, given } = this;
    return { items: [...items], stride, given };
  }

  append(item: T): void {
    if (this.given++ % this.stride !== 0) return;
    this.items.push(item);
    if (this.items.length < this.most) return;
    this.items = this.items.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }

  /** The kept items, oldest first. The first item given is always among them. */
  kept(): T[] {
    return this.items.slice();
  }
}
