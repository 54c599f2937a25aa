import { PlaygroundError } from '../../errors';
import type { ResolvedModel } from '../../model/resolve';
import type { LiveSettings } from '../../model/live-settings';
import type { TrainSettings } from '../../model/settings';
import type { Network } from '../../backend/engine';
import type { Capture, Snapshot } from '../loop/captures';
import { misfit, type LoadedData } from './loaded-data';
import type { WorkerEvent } from '../wire/protocol';
import type { BackendWatch } from '../../backend/engine-host';
import type { FirstWeights } from '../loop/run-context';
import { BatchPlan, type Batch } from '../loop/batch-plan';
import { Trainer } from '../loop/trainer';
import { TimedNetwork } from '../loop/timed-network';
import type { Account, WorkClock } from '../loop/work-clock';

export interface RunOptions {
  id: number;
  model: ResolvedModel;
  network: Network;
  /** What the network holds now. */
  first: FirstWeights;
  data: LoadedData | null;
  settings: TrainSettings;
  liveSettings(): LiveSettings;
  backend: BackendWatch;
  clock: WorkClock;
  emit(event: WorkerEvent): void;
  now(): number;
}

/**
 * One run: a network from its first weights on. Predicting, gradients and weights need no data;
 * training does, and it must fit the network.
 */
export class Run {
  readonly id: number;
  readonly model: ResolvedModel;
  /** As it is; for questions see {@link askedBy}. */
  network: Network;
  private readonly plan: BatchPlan | null = null;
  private readonly trainer: Trainer | null = null;
  private silent = false;

  constructor(private readonly options: RunOptions) {
    const { id, model, network, first, data, settings, liveSettings, backend, clock, now } = options;
    this.id = id;
    this.model = model;
    this.network = network;
    if (!data || misfit(model, data.dataset)) return;
    const plan = new BatchPlan(data.rows('train'), settings.batchSize, settings.seed);
    this.plan = plan;
    const validation = data.rows('validation');
    const emit = (event: WorkerEvent) => void (this.silent || options.emit(event));
    const context = { runId: id, model, dataset: data.dataset, plan, validation, liveSettings, backend, emit, now };
    this.trainer = new Trainer(context, new TimedNetwork(network, clock, 'training'), first);
  }

  /** The network for questions whose time is charged to an account. */
  askedBy(account: Account): Network {
    return new TimedNetwork(this.network, this.options.clock, account);
  }

  /** 0 where there are no images that fit the network. */
  get stepsPerEpoch(): number {
    return this.plan?.stepsPerEpoch ?? 0;
  }

  /** The batch of one step (from 1); null where there are no images that fit the network. */
  batchOf(step: number): Batch | null {
    return this.stepsPerEpoch > 0 ? (this.plan?.batchOf(step) ?? null) : null;
  }

  get step(): number {
    return this.trainer?.step ?? this.options.first.step;
  }

  get epoch(): number {
    return this.trainer?.epoch ?? 0;
  }

  /**
   * Step and epochs whose weights a question gets that is asked now: after the steps that are on
   * their way.
   */
  get ahead(): { step: number; epoch: number } {
    return this.trainer?.ahead ?? { step: this.step, epoch: 0 };
  }

  /** A step was computed by this very network, so that there are gradients to look at. */
  get hasGradients(): boolean {
    return this.trainer?.hasGradients ?? false;
  }

  get training(): boolean {
    return this.trainer?.state === 'running';
  }

  get halted(): boolean {
    return this.trainer?.state === 'halted';
  }

  /**
   * Its weights are the fresh ones of their network and seed: nothing has been learnt that would be
   * worth keeping.
   */
  get isFresh(): boolean {
    const { first } = this.options;
    return first.source === undefined && this.step === first.step;
  }

  /** What the run began with. */
  get first(): FirstWeights {
    return this.options.first;
  }

  /** Weights known on this side of the backend, with the step they are of. */
  get snapshot(): Snapshot {
    return this.trainer?.snapshot ?? this.first;
  }

  /** All that it takes to go on from here later. */
  async capture(): Promise<Capture> {
    if (this.trainer) return this.trainer.capture();
    const [weights, moments] = await Promise.all([this.network.getWeights(), this.network.getMoments()]);
    return { step: this.step, weights, optimizer: { step: this.first.optimizer?.step ?? 0, moments } };
  }

  /** @throws PlaygroundError that says why this network cannot be trained now. */
  requireTrainer(): Trainer {
    if (this.trainer && this.stepsPerEpoch > 0) return this.trainer;
    const { data } = this.options;
    if (!data)
      throw new PlaygroundError('there are no images to train on yet.', {
        remedy: 'Wait until the data set is loaded.',
      });
    data.filledRows('train');
    throw misfit(this.model, data.dataset) ?? new PlaygroundError('this network cannot be trained.');
  }

  /** Says that this run begins. */
  announce(): void {
    const { id, stepsPerEpoch, options } = this;
    const dataset = options.data?.info ?? null;
    const { source } = options.first;
    options.emit({ type: 'run', runId: id, normSlots: [...this.network.normSlots], stepsPerEpoch, dataset, source });
    options.emit({
      type: 'state',
      runId: id,
      state: this.step > 0 ? 'paused' : 'idle',
      step: this.step,
      epoch: this.epoch,
    });
  }

  async pause(): Promise<void> {
    await this.trainer?.pause();
  }

  /** Stops for good; nothing is heard of it any more. */
  async end(): Promise<void> {
    this.silent = true;
    await this.pause();
  }

  async resumeFromHalt(): Promise<void> {
    await this.trainer?.resumeFromHalt();
  }

  /** Puts another network in the place of one that was lost. */
  resumeOn(network: Network): void {
    const { clock } = this.options;
    this.network = network;
    this.trainer?.resumeOn(new TimedNetwork(network, clock, 'training'));
  }
}
