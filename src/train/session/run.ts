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
  /** The weights that the network holds at the start. */
  first: FirstWeights;
  data: LoadedData | null;
  settings: TrainSettings;
  liveSettings: () => LiveSettings;
  backend: BackendWatch;
  clock: WorkClock;
  emit(event: WorkerEvent): void;
  now: () => number;
}

/**
 * One run: a network from its first weights on. Predictions, gradients and weights need no data.
 * Training needs data that fit the network.
 */
export class Run {
  readonly id: number;
  readonly model: ResolvedModel;
  /** The network itself. For questions see {@link askedBy}. */
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

  /** A view of the network that charges the time of questions to an account. */
  askedBy(account: Account): Network {
    return new TimedNetwork(this.network, this.options.clock, account);
  }

  /** 0 if no images fit the network. */
  get stepsPerEpoch(): number {
    return this.plan?.stepsPerEpoch ?? 0;
  }

  /** The batch of one step (from 1); null if no images fit the network. */
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
   * Step and completed epochs after the steps in flight. A question that is asked now gets the
   * weights of that step.
   */
  get ahead(): { step: number; epoch: number } {
    return this.trainer?.ahead ?? { step: this.step, epoch: 0 };
  }

  /** Whether this network has computed a step, so that there are gradients to look at. */
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
   * Whether the weights are the fresh ones of the network and seed, so that the run has learnt
   * nothing worth keeping.
   */
  get isFresh(): boolean {
    const { first } = this.options;
    return first.source === undefined && this.step === first.step;
  }

  /** The state that the run began with. */
  get first(): FirstWeights {
    return this.options.first;
  }

  /** The last known weights outside the backend, with their step. */
  get snapshot(): Snapshot {
    return this.trainer?.snapshot ?? this.first;
  }

  /** Everything needed to continue from here later. */
  async capture(): Promise<Capture> {
    if (this.trainer) return this.trainer.capture();
    const [weights, moments] = await Promise.all([this.network.getWeights(), this.network.getMoments()]);
    return { step: this.step, weights, optimizer: { step: this.first.optimizer?.step ?? 0, moments } };
  }

  /** @throws PlaygroundError with the reason why this network cannot be trained now. */
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

  /** Emits that this run begins. */
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

  /** Stops the run for good. The run emits nothing after that. */
  async end(): Promise<void> {
    this.silent = true;
    await this.pause();
  }

  async resumeFromHalt(): Promise<void> {
    await this.trainer?.resumeFromHalt();
  }

  /** Replaces a lost network with another one. */
  resumeOn(network: Network): void {
    const { clock } = this.options;
    this.network = network;
    this.trainer?.resumeOn(new TimedNetwork(network, clock, 'training'));
  }
}
