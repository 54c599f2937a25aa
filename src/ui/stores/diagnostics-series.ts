import type { LayerDiagnostics } from '../../train/protocol';

/** One look at every layer. */
export interface DiagnosticsRow {
  /** The step that it was taken at. */
  step: number;
  /** In the order of the network. Rows whose histograms were not kept have no `tensors`. */
  layers: LayerDiagnostics[];
}

/** Figures are small, histograms are not: a slice of a network of 50 layers is about 60 kB. */
const MOST_ROWS = 400;
const MOST_SLICES = 60;

/**
 * The looks at the layers of a whole run in bounded memory: at most 400 rows of figures and 60 slices of histograms. When either is
 * full every second one goes, and from then on only every second one stays, so that both cover the run evenly.
 */
export class DiagnosticsSeries {
  private readonly figures = new Thinned<DiagnosticsRow>(MOST_ROWS);
  private readonly histograms = new Thinned<DiagnosticsRow>(MOST_SLICES);
  /** The last look, histograms and all. */
  latest: DiagnosticsRow | null = null;

  /** @param row of a step after those of all rows before */
  append(row: DiagnosticsRow): void {
    this.latest = row;
    this.figures.append({
      step: row.step,
      layers: row.layers.map((layer) => (layer.tensors.length > 0 ? { ...layer, tensors: [] } : layer)),
    });
    this.histograms.append(row);
  }

  /** The whole run, oldest first, the last look included. Those that are among the {@link slices} have their `tensors`. */
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
  private items: T[] = [];
  /** Of the items given, every so-many-th is kept; a power of two. */
  private stride = 1;
  private given = 0;

  constructor(private readonly most: number) {}

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
