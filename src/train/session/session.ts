import { reportOf, type ErrorReport } from '../../errors';
import { withoutLiveSettings } from '../../model/live-settings';
import { resolveModel } from '../../model/resolve';
import { changeSettings, type TrainSettings } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import type { Dataset, DatasetInfo } from '../../data/dataset';
import type { BackendChoice } from '../../backend/backends';
import type { BackendInfo } from '../../backend/engine';
import type { EngineFactories } from '../../backend/open-backend';
import type { DatasetId } from '../../data/sets';
import { mergeWeights } from '../../model/check-weights';
import { describeRecovery, EngineHost } from '../../backend/engine-host';
import { freshWeights } from './first-weights';
import { DatasetLoader, type DatasetSources } from './load-dataset';
import { LoadedData } from './loaded-data';
import { Mutex } from './mutex';
import type { CustomDataset, RemovedWeightsRecord, Requests, WorkerEvent } from '../wire/protocol';
import { PresentRun } from './present-run';
import type { Run } from './run';

type SetModel = Requests['setModel'];

export interface SessionOptions {
  factories: EngineFactories;
  sources: DatasetSources;
  emit: (event: WorkerEvent) => void;
  now?: () => number;
}

/**
 * The state of the worker: backend, data, settings and the present run. The methods change this
 * state, one after the other. Each method either succeeds, or throws and changes nothing. The
 * functions in ask/ read the state.
 */
export class Session {
  readonly host: EngineHost;
  readonly emit: (event: WorkerEvent) => void;
  readonly now: () => number;
  private readonly present: PresentRun;
  private readonly changes = new Mutex();
  private readonly loader: DatasetLoader;

  constructor({ factories, sources, emit, now = () => performance.now() }: SessionOptions) {
    this.emit = emit;
    this.now = now;
    this.host = new EngineHost(factories, (reason) => this.recover(reason), now);
    this.present = new PresentRun({ host: this.host, emit, now });
    this.loader = new DatasetLoader(
      sources,
      (what, fraction) => emit({ type: 'progress', runId: this.runId, what, fraction }),
      now,
    );
  }

  get settings(): TrainSettings {
    return this.present.settings;
  }

  get data(): LoadedData | null {
    return this.present.data;
  }

  /** Number of the present run, 0 before the first. */
  get runId(): number {
    return this.present.run?.id ?? 0;
  }

  /**
   * The present run, after all changes requested so far. @throws PlaygroundError if there is no
   * network.
   */
  async settledRun(): Promise<Run> {
    await this.changes.idle();
    return this.present.requireRun();
  }

  /**
   * Begins work on the present run, such as training. The work begins after the changes requested
   * before it. Changes requested later wait for its beginning, but not for its end.
   * @returns the result of the work
   */
  async begin<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const { begun } = await this.changes.run(async () => ({ begun: work(this.present.requireRun()) }));
    return begun;
  }

  /** Is this still the present run? */
  holds(run: Run): boolean {
    return this.present.run === run;
  }

  /** Opens the backend. Does nothing if the session has the wanted backend already. */
  start(wanted: BackendChoice): Promise<BackendInfo> {
    return this.changes.run(async () => {
      const { host, present } = this;
      const { info } = host;
      if (info && (wanted === 'auto' || wanted === info.backend)) return info;
      const chosen = await host.create(wanted);
      const { run } = present;
      const first = run && freshWeights(run.model, this.settings.seed);
      const network = await present.moveTo(chosen, first?.weights);
      await run?.end();
      present.removedWeights.clear();
      host.adopt(chosen);
      if (run && first && network) present.begin(run.model, network, first);
      return chosen.info;
    });
  }

  /** Begins a run of another network, with fresh weights, given ones, or those of kept layers. */
  setModel({ model: spec, keep = {}, names = {}, start }: SetModel['command']): Promise<SetModel['result']> {
    return this.changes.run(async () => {
      const model = resolveModel(parseModelSpec(spec));
      const kept = await this.present.rebuild(model, this.settings, { keep, names, start });
      return { parameters: model.parameters, kept };
    });
  }

  /** Downloads while other work continues, then puts the data in place and begins a new run. */
  async setDataset(wanted: DatasetId | CustomDataset, reload = false): Promise<DatasetInfo> {
    if (this.data && this.data.dataset.id === wanted && !reload) {
      this.loader.cancel();
      return this.data.info;
    }
    const { dataset, warning, requireWanted } = await this.loader.load(wanted);
    return this.changes.run(async () => {
      requireWanted();
      return this.install(dataset, warning);
    });
  }

  /** A change of live settings applies from the next step on. Any other change begins a new run. */
  configure(settings: unknown): Promise<null> {
    return this.changes.run(async () => {
      const { present } = this;
      const { settings: before, run, data } = present;
      const after = changeSettings(before, settings);
      if (!sameRun(before, after)) {
        if (run) await present.rebuild(run.model, after);
        present.settings = after;
        if (!run && data) present.data = new LoadedData(data.dataset, after);
        return null;
      }
      present.settings = after;
      const slower = after.optimizer.learningRate < before.optimizer.learningRate;
      if (run?.halted && slower) await this.host.guard(run.resumeFromHalt());
      return null;
    });
  }

  /** Weights of layers that edits removed; null if nothing has changed since revision `since`. */
  removedWeights(since: number): Promise<{ revision: number; layers: RemovedWeightsRecord } | null> {
    return this.changes.run(async () => {
      const { removedWeights } = this.present;
      const { revision } = removedWeights;
      return revision === since ? null : { revision, layers: removedWeights.record() };
    });
  }

  /** Takes in the weights of layers that edits removed on an earlier visit. */
  restoreRemovedWeights(layers: unknown): Promise<null> {
    return this.changes.run(async () => {
      this.present.removedWeights.restore(layers);
      return null;
    });
  }

  /** Fresh weights, step 0. */
  reset(): Promise<null> {
    return this.changes.run(async () => {
      const { present } = this;
      present.removedWeights.clear();
      if (present.run) await present.restart(present.run, freshWeights(present.run.model, this.settings.seed));
      return null;
    });
  }

  /** Takes weights for some or all layers; the others keep theirs. Begins a new run. */
  setWeights(given: unknown): Promise<null> {
    return this.changes.run(async () => {
      const run = this.present.requireRun();
      mergeWeights(run.model, {}, given);
      await run.pause();
      const current = await this.host.guard(run.network.getWeights());
      this.present.removedWeights.clear();
      await this.present.restart(run, { weights: mergeWeights(run.model, current, given), step: 0, source: 'set' });
      return null;
    });
  }

  /** Waits for its turn, so that it stops only work that was begun before it. */
  pause(): Promise<null> {
    return this.changes.run(async () => {
      await this.present.run?.pause();
      return null;
    });
  }

  private async install(dataset: Dataset, warning: ErrorReport | null): Promise<DatasetInfo> {
    const { present } = this;
    const { run } = present;
    const known = present.data;
    // A new attempt has failed, so the session keeps the substitute that is in place already.
    const kept = warning && known?.dataset.id === dataset.id ? known : null;
    const data = kept ?? (await present.placeData(dataset));
    this.emit({ type: 'dataset', runId: this.runId, info: data.info, warning });
    if (kept) return data.info;
    // Given weights of a run belong to the first data set. With other data the run starts with
    // fresh weights.
    if (known) present.removedWeights.clear();
    if (run) await present.restart(run, known ? freshWeights(run.model, this.settings.seed) : run.first);
    return data.info;
  }

  /**
   * Replaces a lost backend with another one that has the same data, and the network with its last
   * known weights.
   */
  private recover(reason: string): Promise<void> {
    return this.changes.run(async () => {
      try {
        const chosen = await this.host.createReplacement(reason);
        const { run } = this.present;
        const network = await this.present.moveTo(chosen, run?.snapshot.weights);
        this.host.adopt(chosen);
        if (network) run?.resumeOn(network);
        const error = describeRecovery(reason, chosen.info, run && run.snapshot.step);
        this.emit({ type: 'problem', runId: this.runId, error, fatal: false, backend: chosen.info });
      } catch (error) {
        this.emit({ type: 'problem', runId: this.runId, error: reportOf(error), fatal: true });
        throw error;
      }
    });
  }
}

/** Can a run continue when its settings change from one to the other? */
function sameRun(a: TrainSettings, b: TrainSettings): boolean {
  const flat = (settings: TrainSettings): Record<string, unknown> => {
    const { optimizer, ...rest } = withoutLiveSettings(settings);
    return { ...rest, ...optimizer };
  };
  const [before, after] = [flat(a), flat(b)];
  return Object.keys({ ...before, ...after }).every((key) => before[key] === after[key]);
}
