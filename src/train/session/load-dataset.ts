import type { Dataset } from '../../data/dataset';
import { DATASETS, findDataset, type DatasetEntry, type DatasetId } from '../../data/sets';
import { PlaygroundError, reportOf, type ErrorReport } from '../../errors';
import { INTERVAL_MS, Throttle } from '../../pace';
import type { CustomDataset } from '../wire/protocol';

/** @param report share done, 0..1 @throws PlaygroundError if it cannot be had. */
type DatasetSource = (report: (fraction: number) => void, signal: AbortSignal) => Promise<Dataset>;

/**
 * Where data sets come from: those of the registry by their ids, and those that scripts bring
 * along.
 */
export type DatasetSources = Record<DatasetId, DatasetSource> & {
  /** @throws PlaygroundError naming what does not fit together. */
  custom(data: CustomDataset): Dataset;
};

/**
 * The data sets of the registry, loaded as their entries say.
 * @param baseUrl tells the address of the page, with trailing slash
 */
export function registeredSources(baseUrl: () => string): Record<DatasetId, DatasetSource> {
  const sourceOf =
    ({ load }: DatasetEntry): DatasetSource =>
    (onProgress, signal) =>
      load({ baseUrl: baseUrl(), signal, onProgress });
  return Object.fromEntries(DATASETS.map((entry) => [entry.id, sourceOf(entry)])) as Record<DatasetId, DatasetSource>;
}

/** A data set that was asked for, or what stands in for it. */
interface Loaded {
  dataset: Dataset;
  /** Why it is not the one asked for. */
  warning: ErrorReport | null;
}

export type Progress = (what: string, fraction: number | null) => void;

/** Loads one data set at a time: a new choice calls off the one before. */
export class DatasetLoader {
  private latest = new AbortController();

  constructor(
    private readonly sources: DatasetSources,
    private readonly progress: Progress,
    private readonly now: () => number,
  ) {}

  /** Calls off what is being loaded. */
  cancel(): void {
    this.latest.abort();
  }

  /**
   * The data set asked for; where it cannot be had, what stands in for it, with the reason as a
   * warning. `requireWanted`, to be called before it is put in place, throws if another choice came
   * in between.
   * @throws PlaygroundError if a custom data set is not valid, or if another choice came in
   * between.
   */
  async load(wanted: DatasetId | CustomDataset): Promise<Loaded & { requireWanted(): void }> {
    // A data set that is not valid calls nothing off.
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

  /** A download reports every piece; ten times a second is enough, and the end. */
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
