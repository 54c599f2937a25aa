import type { Dataset } from '../../data/dataset';
import { DATASETS, findDataset, type DatasetEntry, type DatasetId } from '../../data/sets';
import { PlaygroundError, reportOf, type ErrorReport } from '../../errors';
import { INTERVAL_MS, Throttle } from '../../pace';
import type { CustomDataset } from '../wire/protocol';

/** @param report share done, 0..1 @throws PlaygroundError if the data set is not available. */
type DatasetSource = (report: (fraction: number) => void, signal: AbortSignal) => Promise<Dataset>;

/**
 * Where data sets come from: the registry, which lists them by id, or a script, which passes its
 * own.
 */
export type DatasetSources = Record<DatasetId, DatasetSource> & {
  /** @throws PlaygroundError naming what does not fit together. */
  custom(data: CustomDataset): Dataset;
};

/**
 * The data sets of the registry, loaded as described in their entries.
 * @param baseUrl returns the address of the page, with trailing slash
 */
export function registeredSources(baseUrl: () => string): Record<DatasetId, DatasetSource> {
  const sourceOf =
    ({ load }: DatasetEntry): DatasetSource =>
    (onProgress, signal) =>
      load({ baseUrl: baseUrl(), signal, onProgress });
  return Object.fromEntries(DATASETS.map((entry) => [entry.id, sourceOf(entry)])) as Record<DatasetId, DatasetSource>;
}

/** The requested data set, or its substitute. */
interface Loaded {
  dataset: Dataset;
  /** Why `dataset` is not the requested one. */
  warning: ErrorReport | null;
}

export type Progress = (what: string, fraction: number | null) => void;

/** Loads one data set at a time. A new choice cancels the one before. */
export class DatasetLoader {
  private latest = new AbortController();

  constructor(
    private readonly sources: DatasetSources,
    private readonly progress: Progress,
    private readonly now: () => number,
  ) {}

  /** Cancels the present load. */
  cancel(): void {
    this.latest.abort();
  }

  /**
   * Loads the requested data set. If it is not available, loads its substitute and returns the
   * reason as a warning. Call `requireWanted` before putting the data set in place: it throws if
   * another choice came in between.
   * @throws PlaygroundError if a custom data set is not valid, or if another choice came in
   * between.
   */
  async load(wanted: DatasetId | CustomDataset): Promise<Loaded & { requireWanted: () => void }> {
    // An invalid data set cancels nothing.
    const custom = typeof wanted === 'object' ? this.sources.custom(wanted) : null;
    this.cancel();
    const { signal } = (this.latest = new AbortController());
    const loaded = custom ? { dataset: custom, warning: null } : await this.loadNamed(wanted, signal);
    const requireWanted = () => {
      if (signal.aborted) throw calledOff();
    };
    requireWanted();
    return { ...loaded, requireWanted };
  }

  private async loadNamed(wanted: unknown, signal: AbortSignal): Promise<Loaded> {
    const entry = findDataset(wanted);
    try {
      return { dataset: await this.fetch(entry, signal), warning: null };
    } catch (error) {
      if (signal.aborted) throw calledOff();
      if (!entry.fallback) throw error;
      return { dataset: await this.fetch(findDataset(entry.fallback.id), signal), warning: reportOf(error) };
    }
  }

  private fetch({ id, loading }: DatasetEntry<DatasetId>, signal: AbortSignal): Promise<Dataset> {
    return this.sources[id](this.reporter(loading, signal), signal);
  }

  /** Limits the reports of a download, which come for every piece, to ten a second and the end. */
  private reporter(what: string, signal: AbortSignal): (fraction: number | null) => void {
    const throttle = new Throttle(INTERVAL_MS.progress, this.now);
    return (fraction) => {
      if (signal.aborted || (fraction !== 1 && !throttle.isOpen())) return;
      throttle.restart();
      this.progress(what, fraction);
    };
  }
}

const calledOff = () => new PlaygroundError('another data set was chosen meanwhile.');
