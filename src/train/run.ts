import { PlaygroundError } from '../errors';
import type { Weights } from '../model/initialize';
import type { ResolvedModel } from '../model/resolve';
import type { TrainSettings } from '../model/settings';
import type { Network } from '../runtime/engine';
import { misfit, type LoadedData } from './loaded-data';
import type { WorkerEvent } from './protocol';
import type { BackendWatch } from './run-context';
import { StepPlan } from './step-plan';
import { Trainer } from './trainer';

export interface RunOptions {
  id: number;
  model: ResolvedModel;
  network: Network;
  weights: Weights;
  data: LoadedData | null;
  settings: TrainSettings;
  learningRate(): number;
  backend: BackendWatch;
  emit(event: WorkerEvent): void;
  now(): number;
}

/**
 * One run: a network from its first weights on. Predicting, gradients and weights need no data; training does, and it must
 * fit the network.
 */
export class Run {
  readonly id: number;
  readonly model: ResolvedModel;
  network: Network;
  readonly stepsPerEpoch: number = 0;
  private readonly trainer: Trainer | null = null;
  private readonly initial: Weights;
  private silent = false;

  constructor(private readonly options: RunOptions) {
    const { id, model, network, weights, data, settings, learningRate, backend, now } = options;
    this.id = id;
    this.model = model;
    this.network = network;
    this.initial = weights;
    if (!data || misfit(model, data.dataset)) return;
    const plan = new StepPlan(data.rows('train'), settings.batchSize, settings.seed);
    this.stepsPerEpoch = plan.stepsPerEpoch;
    const validation = data.rows('validation');
    const emit = (event: WorkerEvent) => void (this.silent || options.emit(event));
    const context = { runId: id, model, dataset: data.dataset, plan, validation, learningRate, backend, emit, now };
    this.trainer = new Trainer(context, network, weights);
  }

  get step(): number {
    return this.trainer?.step ?? 0;
  }

  get epoch(): number {
    return this.trainer?.epoch ?? 0;
  }

  get training(): boolean {
    return this.trainer?.state === 'running';
  }

  get halted(): boolean {
    return this.trainer?.state === 'halted';
  }

  /** Weights known on this side of the backend, with the step they are of. */
  get snapshot(): { step: number; weights: Weights } {
    return this.trainer?.snapshot ?? { step: 0, weights: this.initial };
  }

  /** @throws PlaygroundError that says why this network cannot be trained now. */
  requireTrainer(): Trainer {
    if (this.trainer && this.stepsPerEpoch > 0) return this.trainer;
    const { data } = this.options;
    if (!data) throw new PlaygroundError('there are no images to train on yet.', { remedy: 'Wait until the data set is loaded.' });
    data.filledRows('train');
    throw misfit(this.model, data.dataset) ?? new PlaygroundError('this network cannot be trained.');
  }

  /** Says that this run begins. */
  announce(): void {
    const { id, stepsPerEpoch, options } = this;
    const dataset = options.data?.info ?? null;
    options.emit({ type: 'run', runId: id, normSlots: [...this.network.normSlots], stepsPerEpoch, dataset });
    options.emit({ type: 'state', runId: id, state: 'idle', step: 0, epoch: 0 });
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
    this.network = network;
    this.trainer?.resumeOn(network);
  }
}
