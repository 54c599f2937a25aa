import type { Dataset } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { liveSettingsOf } from '../../model/live-settings';
import type { Weights } from '../../model/initialize';
import type { ResolvedModel } from '../../model/resolve';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import { requireRoom } from '../../model/cost';
import type { ChosenEngine } from '../../backend/open-backend';
import type { Network } from '../../backend/engine';
import type { EngineHost } from '../../backend/engine-host';
import type { FirstWeights } from '../loop/run-context';
import { WorkClock } from '../loop/work-clock';
import type { RunStart, WorkerEvent } from '../wire/protocol';
import { freshWeights, startFrom } from './first-weights';
import { LoadedData } from './loaded-data';
import { RemovedWeights, type Learnt } from './removed-weights';
import { Run } from './run';

/** Where the weights of a new network come from; see `setModel` of the protocol. */
export interface Beginning {
  keep?: Record<string, string>;
  names?: Record<string, string>;
  start?: RunStart;
}

interface PresentRunOptions {
  host: EngineHost;
  emit: (event: WorkerEvent) => void;
  now: () => number;
}

/** Holds the present run with its data and settings, and replaces it with the next one. */
export class PresentRun {
  settings: TrainSettings = DEFAULT_SETTINGS;
  data: LoadedData | null = null;
  run: Run | null = null;
  readonly removedWeights = new RemovedWeights();
  private runs = 0;
  private readonly clock: WorkClock;

  constructor(private readonly options: PresentRunOptions) {
    this.clock = new WorkClock(options.now);
  }

  /** @throws PlaygroundError if there is no network. */
  requireRun(): Run {
    if (this.run) return this.run;
    throw new PlaygroundError('there is no network yet.', { remedy: 'Stack some layers first.' });
  }

  /**
   * Creates the network for a model or for other settings, and only then ends the previous run.
   * @returns ids of the layers that kept their weights
   */
  async rebuild(
    model: ResolvedModel,
    settings: TrainSettings,
    { start, keep = {}, names }: Beginning = {},
  ): Promise<string[]> {
    const { host } = this.options;
    // This check comes before the weights are drawn: the weights of a network that is too large for
    // the backend may be too large for the worker as well.
    requireRoom(host.engine.estimate(model, settings));
    const drawn = start ? startFrom(model, settings, start) : freshWeights(model, settings.seed);
    const network = await host.guard(host.engine.createNetwork(model, drawn.weights, settings));
    const old = this.run;
    await old?.end();
    const given = start || !names;
    if (given) this.removedWeights.clear(names);
    const { first, kept } = given
      ? { first: drawn, kept: [] }
      : this.removedWeights.inherit(model, drawn, await this.learntBy(old), keep, names);
    if (kept.length > 0 || first.optimizer) network.setWeights(first.weights, first.optimizer?.moments);
    this.settings = settings;
    if (this.data) this.data = new LoadedData(this.data.dataset, settings);
    this.begin(model, network, first);
    old?.network.dispose();
    return kept;
  }

  /** Starts a run of the same network with other weights. */
  async restart(run: Run, first: FirstWeights): Promise<void> {
    await run.end();
    run.network.setWeights(first.weights, first.optimizer?.moments);
    this.begin(run.model, run.network, first);
  }

  begin(model: ResolvedModel, network: Network, first: FirstWeights): void {
    const { host, emit, now } = this.options;
    this.runs++;
    this.run = new Run({
      id: this.runs,
      model,
      network,
      first,
      data: this.data,
      settings: this.settings,
      liveSettings: () => liveSettingsOf(this.settings),
      backend: host,
      clock: this.clock,
      emit,
      now,
    });
    this.run.announce();
  }

  /** Hands other data to the backend. The run on the previous data is only paused. */
  async placeData(dataset: Dataset): Promise<LoadedData> {
    const { host } = this.options;
    const data = new LoadedData(dataset, this.settings);
    await this.run?.pause();
    await host.guard(host.engine.setDataset(dataset));
    this.data = data;
    return data;
  }

  /** Moves data and network to another backend, and closes that backend if it cannot take them. */
  async moveTo({ engine }: ChosenEngine, weights: Weights | undefined): Promise<Network | null> {
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
   * The weights of a run, or the last known ones if the backend has just died; null for a network
   * that was never trained.
   */
  private async learntBy(run: Run | null): Promise<Learnt | null> {
    if (!run || run.isFresh) return null;
    const weights = await this.options.host.guard(run.network.getWeights()).catch(() => run.snapshot.weights);
    return { model: run.model, weights };
  }
}
