import { PlaygroundError, reportOf, type ErrorReport } from '../../errors';
import type { Weights } from '../../model/initialize';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { liveSettingsOf, withoutLiveSettings } from '../../model/live-settings';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import type { Dataset, DatasetInfo } from '../../data/dataset';
import { Attic, type Learnt } from './attic';
import type { ChosenEngine, EngineFactories } from '../../backend/backends';
import { requireRoom } from '../../plan/cost';
import { mergeWeights } from '../../model/check-weights';
import type { Network } from '../../backend/engine';
import { describeRecovery, EngineHost } from '../../backend/engine-host';
import type { FirstWeights } from '../loop/run-context';
import { freshWeights, startFrom } from './first-weights';
import { DatasetLoader, type DatasetSources } from './load-dataset';
import { LoadedData } from './loaded-data';
import { Mutex } from './mutex';
import type { BackendInfo, CustomDataset, PutAway, Requests, WorkerEvent } from '../wire/protocol';
import { Run } from './run';
import { WorkClock } from '../loop/work-clock';

type SetModel = Requests['setModel'];
type Beginning = Pick<SetModel['command'], 'keep' | 'names' | 'start'>;

export interface SessionOptions {
  factories: EngineFactories;
  sources: DatasetSources;
  emit(event: WorkerEvent): void;
  now?(): number;
}

/**
 * What the worker holds: backend, data, settings and the present run. Its methods change them, one
 * after the other; each either succeeds or throws and leaves everything as it was. Reading them is
 * the business of ask/.
 */
export class Session {
  settings: TrainSettings = DEFAULT_SETTINGS;
  data: LoadedData | null = null;
  readonly host: EngineHost;
  readonly emit: (event: WorkerEvent) => void;
  readonly now: () => number;
  private readonly clock: WorkClock;
  private run: Run | null = null;
  private runs = 0;
  private readonly changes = new Mutex();
  private readonly attic = new Attic();
  private readonly loader: DatasetLoader;

  constructor({ factories, sources, emit, now = () => performance.now() }: SessionOptions) {
    this.emit = emit;
    this.now = now;
    this.clock = new WorkClock(now);
    this.host = new EngineHost(factories, (reason) => this.recover(reason), now);
    this.loader = new DatasetLoader(
      sources,
      (what, fraction) => emit({ type: 'progress', runId: this.runId, what, fraction }),
      now,
    );
  }

  /** Number of the present run, 0 before the first. */
  get runId(): number {
    return this.run?.id ?? 0;
  }

  /**
   * The present run, after all changes asked for so far. @throws PlaygroundError if there is no
   * network.
   */
  async settledRun(): Promise<Run> {
    await this.changes.idle();
    return this.requireRun();
  }

  /**
   * Begins work that changes the present run, such as training: after the changes asked for before
   * it, and in the place of those asked for after it, which do not wait for its end.
   * @returns what the work resolves to
   */
  async begin<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const { begun } = await this.changes.run(async () => ({ begun: work(this.requireRun()) }));
    return begun;
  }

  /** Is this still the present run? */
  holds(run: Run): boolean {
    return this.run === run;
  }

  /** Gets the backend; asked again for the one it has, does nothing. */
  start(wanted: 'auto' | 'cpu' | 'webgpu'): Promise<BackendInfo> {
    return this.changes.run(async () => {
      const present = this.host.info;
      if (present && (wanted === 'auto' || wanted === present.backend)) return present;
      const chosen = await this.host.create(wanted);
      const { run } = this;
      const first = run && freshWeights(run.model, this.settings.seed);
      const network = await this.moveTo(chosen, first?.weights);
      await run?.end();
      this.attic.clear();
      this.host.adopt(chosen);
      if (run && first && network) this.beginRun(run.model, network, first);
      return chosen.info;
    });
  }

  /** Another network, with fresh weights, given ones, or those of layers that are as they were. */
  setModel({ model: spec, keep = {}, names = {}, start }: SetModel['command']): Promise<SetModel['result']> {
    return this.changes.run(async () => {
      const model = resolveModel(parseModelSpec(spec));
      const kept = await this.rebuild(model, this.settings, { keep, names, start });
      return { parameters: model.parameters, kept };
    });
  }

  /** Downloads beside everything else, then puts the data in place and begins a new run. */
  async setDataset(wanted: 'mnist' | 'generated' | CustomDataset, reload = false): Promise<DatasetInfo> {
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

  /** A change of live settings holds from the next step on; any other begins a new run. */
  configure(settings: unknown): Promise<null> {
    return this.changes.run(async () => {
      const { settings: before, run } = this;
      const after = changeSettings(before, settings);
      const { learningRate } = after.optimizer;
      if (!sameRun(before, after)) {
        if (run) await this.rebuild(run.model, after);
        this.settings = after;
        if (!run && this.data) this.data = new LoadedData(this.data.dataset, after);
        return null;
      }
      this.settings = after;
      if (run?.halted && learningRate < before.optimizer.learningRate) await this.host.guard(run.resumeFromHalt());
      return null;
    });
  }

  /** Weights of layers that edits took away; null where nothing has changed since that revision. */
  putAway(since: number): Promise<{ revision: number; layers: PutAway } | null> {
    return this.changes.run(async () => {
      const { revision } = this.attic;
      return revision === since ? null : { revision, layers: this.attic.record() };
    });
  }

  /** Takes in what an earlier visit had put away. */
  restorePutAway(layers: unknown): Promise<null> {
    return this.changes.run(async () => {
      this.attic.restore(layers);
      return null;
    });
  }

  /** Fresh weights, step 0. */
  reset(): Promise<null> {
    return this.changes.run(async () => {
      this.attic.clear();
      if (this.run) await this.restart(this.run, freshWeights(this.run.model, this.settings.seed));
      return null;
    });
  }

  /** Takes weights for some or all layers; the others keep theirs. Begins a new run. */
  setWeights(given: unknown): Promise<null> {
    return this.changes.run(async () => {
      const run = this.requireRun();
      mergeWeights(run.model, {}, given);
      await run.pause();
      const current = await this.host.guard(run.network.getWeights());
      this.attic.clear();
      await this.restart(run, { weights: mergeWeights(run.model, current, given), step: 0, source: 'set' });
      return null;
    });
  }

  /** In its turn, so that it stops what was begun before it and nothing else. */
  pause(): Promise<null> {
    return this.changes.run(async () => {
      await this.run?.pause();
      return null;
    });
  }

  /**
   * Makes the network for a model or for other settings first, and only then ends the run before.
   * @returns ids of the layers whose weights were kept
   */
  private async rebuild(
    model: ResolvedModel,
    settings: TrainSettings,
    { start, keep = {}, names }: Beginning = {},
  ): Promise<string[]> {
    // Before the weights are drawn: those of a network that does not fit may not even fit this
    // side.
    requireRoom(this.host.engine.estimate(model, settings));
    const drawn = start ? startFrom(model, settings, start) : freshWeights(model, settings.seed);
    const network = await this.host.guard(this.host.engine.createNetwork(model, drawn.weights, settings));
    const old = this.run;
    await old?.end();
    const given = start || !names;
    if (given) this.attic.clear(names);
    const { first, kept } = given
      ? { first: drawn, kept: [] }
      : this.attic.inherit(model, drawn, await this.learntBy(old), keep, names);
    if (kept.length > 0 || first.optimizer) network.setWeights(first.weights, first.optimizer?.moments);
    this.settings = settings;
    if (this.data) this.data = new LoadedData(this.data.dataset, settings);
    this.beginRun(model, network, first);
    old?.network.dispose();
    return kept;
  }

  /**
   * Its weights, those last seen where the backend has just died; null for a network that was never
   * trained.
   */
  private async learntBy(run: Run | null): Promise<Learnt | null> {
    if (!run || run.isFresh) return null;
    const weights = await this.host.guard(run.network.getWeights()).catch(() => run.snapshot.weights);
    return { model: run.model, weights };
  }

  /** The same network from other weights on. */
  private async restart(run: Run, first: FirstWeights): Promise<void> {
    await run.end();
    run.network.setWeights(first.weights, first.optimizer?.moments);
    this.beginRun(run.model, run.network, first);
  }

  private requireRun(): Run {
    if (this.run) return this.run;
    throw new PlaygroundError('there is no network yet.', { remedy: 'Stack some layers first.' });
  }

  private beginRun(model: ResolvedModel, network: Network, first: FirstWeights): void {
    this.runs++;
    this.run = new Run({
      id: this.runs,
      model,
      network,
      first,
      data: this.data,
      settings: this.settings,
      liveSettings: () => liveSettingsOf(this.settings),
      backend: this.host,
      clock: this.clock,
      emit: this.emit,
      now: this.now,
    });
    this.run.announce();
  }

  private async install(dataset: Dataset, warning: ErrorReport | null): Promise<DatasetInfo> {
    const { run } = this;
    const known = this.data?.dataset;
    // MNIST was tried again in vain: go on with the digits that are there.
    const kept = warning && known?.id === dataset.id ? this.data : null;
    const data = kept ?? new LoadedData(dataset, this.settings);
    if (!kept) {
      await run?.pause();
      await this.host.guard(this.host.engine.setDataset(dataset));
      this.data = data;
    }
    this.emit({ type: 'dataset', runId: this.runId, info: data.info, warning });
    // The first data are what the weights that a run was given are for; with other data everything
    // begins anew.
    if (!kept && known) this.attic.clear();
    if (!kept && run) await this.restart(run, known ? freshWeights(run.model, this.settings.seed) : run.first);
    return data.info;
  }

  /** The present data and network on another backend, which is closed where it cannot take them. */
  private async moveTo({ engine }: ChosenEngine, weights: Weights | undefined): Promise<Network | null> {
    const { run, data } = this;
    try {
      if (data) await engine.setDataset(data.dataset);
      return run && weights ? await engine.createNetwork(run.model, weights, this.settings) : null;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }

  /**
   * After the loss of a backend: another one, with the same data, and the network with the weights
   * last seen.
   */
  private recover(reason: string): Promise<void> {
    return this.changes.run(async () => {
      try {
        const chosen = await this.host.createReplacement(reason);
        const { run } = this;
        const network = await this.moveTo(chosen, run?.snapshot.weights);
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

/** Can a run go on from one to the other? */
function sameRun(a: TrainSettings, b: TrainSettings): boolean {
  const flat = (settings: TrainSettings): Record<string, unknown> => {
    const { optimizer, ...rest } = withoutLiveSettings(settings);
    return { ...rest, ...optimizer };
  };
  const [before, after] = [flat(a), flat(b)];
  return Object.keys({ ...before, ...after }).every((key) => before[key] === after[key]);
}
