import type { LayerDiagnostics } from '../../train/wire/protocol';

/** One look at every layer. */
export interface DiagnosticsRow {
  /** The step that it was taken at. */
  step: number;
  /** In the order of the network. Rows whose histograms were not kept have no `tensors`. */
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

/** Figures are small, histograms are not: a slice of a network of 50 layers is about 60 kB. */
const MOST_ROWS = 400;
const MOST_SLICES = 60;

/**
 * The looks at the layers of a whole run in bounded memory: at most 400 rows of figures and 60
 * slices of histograms. When either is full every second one goes, and from then on only every
 * second one stays, so that both cover the run evenly.
 */
export class DiagnosticsSeries {
  private readonly figures: Thinned<DiagnosticsRow>;
  private readonly histograms: Thinned<DiagnosticsRow>;
  /** The last look, histograms and all. */
  latest: DiagnosticsRow | null = null;

  constructor(record?: DiagnosticsRecord) {
    this.figures = new Thinned(MOST_ROWS, record?.figures);
    this.histograms = new Thinned(MOST_SLICES, record?.histograms);
    this.latest = record?.latest ?? null;
  }

  /** All there is, as it is now: {@link DiagnosticsSeries} made of it goes on from there. */
  record(): DiagnosticsRecord {
    return { figures: this.figures.record(), histograms: this.histograms.record(), latest: this.latest };
  }

  /** @param row of a step after those of all rows before */
  append(row: DiagnosticsRow): void {
    this.latest = row;
    this.figures.append({
      step: row.step,
      layers: row.layers.map((layer) => (layer.tensors.length > 0 ? { ...layer, tensors: [] } : layer)),
    });
    this.histograms.append(row);
  }

  /**
   * The whole run, oldest first, the last look included. Those that are among the {@link slices}
   * have their `tensors`.
   */
  rows(): DiagnosticsRow[] {
    const whole = new Map(this.histograms.kept().map((row) => [row.step, row]));
    return withLast(
      this.figures.kept().map((row) => whole.get(row.step) ?? row),
      this.latest,
    );
  }

  /** The looks whose histograms were kept, oldest first, the last look included. */
  slices(): DiagnosticsRow[] {
    return withLast(this.histograms.kept(), this.latest);
  }
}

function withLast(kept: DiagnosticsRow[], latest: DiagnosticsRow | null): DiagnosticsRow[] {
  if (!latest) return kept;
  return kept.at(-1)?.step === latest.step ? [...kept.slice(0, -1), latest] : [...kept, latest];
}

/** Items evenly spaced over all that were given, at most so many. */
class Thinned<T> {
  private items: T[];
  /** Of the items given, every so-many-th is kept; a power of two. */
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

  /** Oldest first; the first one given is always among them. */
  kept(): T[] {
    return this.items.slice();
  }
}
