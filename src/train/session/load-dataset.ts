import type { Dataset } from '../../data/dataset';
import { PlaygroundError, reportOf, type ErrorReport } from '../../errors';
import { INTERVAL_MS, Throttle } from '../../pace';
import type { CustomDataset } from '../wire/protocol';

/** Where data sets come from. */
export interface DatasetSources {
  /** @param report share done, 0..1 @throws PlaygroundError if no source has it. */
  mnist(report: (fraction: number | null) => void, signal: AbortSignal): Promise<Dataset>;
  generated(report: (fraction: number | null) => void, signal: AbortSignal): Promise<Dataset>;
  /** @throws PlaygroundError naming what does not fit together. */
  custom(data: CustomDataset): Dataset;
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
   * The data set asked for; generated digits, with the reason as a warning, where MNIST cannot be
   * had. `requireWanted`, to be called before it is put in place, throws if another choice came in
   * between.
   * @throws PlaygroundError if a custom data set is not valid, or if another choice came in
   * between.
   */
  async load(wanted: 'mnist' | 'generated' | CustomDataset): Promise<Loaded & { requireWanted(): void }> {
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
    switch (wanted) {
      case 'generated':
        return { dataset: await this.generate(signal), warning: null };
      case 'mnist':
        try {
          return { dataset: await this.sources.mnist(this.reporter('Loading MNIST', signal), signal), warning: null };
        } catch (error) {
          if (signal.aborted) throw calledOff();
          return { dataset: await this.generate(signal), warning: reportOf(error) };
        }
      default:
        throw new PlaygroundError(`there is no data set "${String(wanted)}".`, {
          remedy: 'Choose mnist, generated, or give your own.',
        });
    }
  }

  private async generate(signal: AbortSignal): Promise<Dataset> {
    const report = this.reporter('Drawing digits', signal);
    report(0);
    const dataset = await this.sources.generated(report, signal);
    report(1);
    return dataset;
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
