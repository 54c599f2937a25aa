import { PlaygroundError } from '../../errors';
import type { Network, StepResult } from '../../backend/engine';
import { liveSettingsAt, type LiveChange } from '../../model/live-settings';
import type { RunState, TrainResult } from '../wire/protocol';
import { Captures, type Capture, type Snapshot } from './captures';
import { EpochDecisions, type EpochRule } from './epoch-rules';
import { explainHalt } from './find-overflow';
import { ResultCollector } from './metrics';
import type { FirstWeights, RunContext } from './run-context';
import { StepRunner, type StepOrders } from './step-runner';
import { Validator } from './validator';

export interface TrainOptions {
  /** Infinity means until {@link Trainer.pause}. */
  steps: number;
  /** Whether the result has an entry per step. */
  collect?: boolean;
  /** Live settings of an earlier run of these steps. Without it, the steps use the present ones. */
  replay?: readonly LiveChange[];
  /** The rules decide at the end of every epoch how training continues. */
  rules?: readonly EpochRule[];
}

/** One run of one network: the loop and its state. */
export class Trainer {
  state: RunState;
  snapshot: Snapshot;
  private stopping = false;
  private wake: () => void = () => undefined;
  private running: Promise<TrainResult> | null = null;
  private readonly captures = new Captures();
  private readonly validator: Validator;
  private readonly runner: StepRunner;
  private readonly decisions: EpochDecisions;

  /** @param first what the network starts with */
  constructor(
    private readonly context: RunContext,
    network: Network,
    first: FirstWeights,
  ) {
    const { step, weights } = first;
    this.state = step > 0 ? 'paused' : 'idle';
    this.snapshot = { step, weights };
    this.validator = new Validator(context);
    this.runner = new StepRunner(context, network, first, (ms, examples) => this.validator.trained(ms, examples));
    this.decisions = new EpochDecisions(context.plan, this.validator, step);
  }

  /** Steps done, including those before this run. */
  get step(): number {
    return this.runner.step;
  }

  /** Epochs completed. */
  get epoch(): number {
    return this.context.plan.epochsAfter(this.step);
  }

  /**
   * Step and completed epochs after the steps that are in flight. The network finishes these steps
   * before any call that is made now.
   */
  get ahead(): { step: number; epoch: number } {
    const { submitted } = this.runner.cursor;
    return { step: submitted, epoch: this.context.plan.epochsAfter(submitted) };
  }

  /** Number of the next step as the network counts it; see `StepRequest`. */
  get nextUpdate(): number {
    return this.runner.cursor.updatesAfter(this.step) + 1;
  }

  /** Whether the network has gradients of a step, not only its initial zeros. */
  get hasGradients(): boolean {
    return this.runner.warm;
  }

  /**
   * Trains for a number of steps, until {@link pause}, or until a rule stops the training.
   * @throws PlaygroundError if training is already under way or was halted.
   */
  async train(options: TrainOptions): Promise<TrainResult> {
    if (this.running) throw new PlaygroundError('the network is training already.', { remedy: 'Pause it first.' });
    if (this.state === 'halted') {
      const what = 'training was halted because a number was no longer finite.';
      throw new PlaygroundError(what, { remedy: 'Lower the learning rate, reset, or set other weights first.' });
    }
    this.stopping = false;
    this.running = this.run(options);
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  /** Stops after the submitted steps, and resolves when the last of them is done. */
  async pause(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running?.catch(() => undefined);
  }

  /** Continues with a network that replaces a lost one. The new optimizer state is zero. */
  resumeOn(network: Network): void {
    this.runner.resumeOn(network);
  }

  /**
   * Makes a halted run playable again. The weights stay, and the optimizer forgets its state, which
   * made them overflow.
   */
  async resumeFromHalt(): Promise<void> {
    const { runner, step } = this;
    runner.network.setWeights(await runner.network.getWeights());
    runner.warm = false;
    runner.cursor.restartOptimizer(step);
    this.setState(step > 0 ? 'paused' : 'idle');
  }

  /**
   * Everything needed to continue from here. During training, the steps in flight are done first.
   */
  async capture(): Promise<Capture> {
    return this.state === 'running' ? this.captures.ask() : this.captureNow();
  }

  private async captureNow(): Promise<Capture> {
    const { runner, step } = this;
    const [weights, moments] = await Promise.all([runner.network.getWeights(), runner.network.getMoments()]);
    return { step, weights, optimizer: { step: runner.cursor.updatesAfter(step), moments } };
  }

  private setState(state: RunState): void {
    this.state = state;
    this.context.emit({ type: 'state', runId: this.context.runId, state, step: this.step, epoch: this.epoch });
  }

  private async run(options: TrainOptions): Promise<TrainResult> {
    const { runner } = this;
    const { rules = [] } = options;
    const collector = new ResultCollector(runner.network.normSlots, options.collect ?? false);
    const orders = this.ordersOf(options, collector);
    runner.overflowed = null;
    this.setState('running');
    try {
      while (!this.stopping && !runner.overflowed && this.step < orders.target) await this.runOn(orders, rules);
      runner.flush();
      if (runner.overflowed) return { ...collector.finish(), halted: await this.halt(runner.overflowed, orders) };
      if (this.step === orders.target) this.validator.finish(runner.network, this.step);
      void this.takeSnapshot();
      return collector.finish();
    } finally {
      runner.flush();
      if (this.state === 'running') this.setState(this.step > 0 ? 'paused' : 'idle');
      this.answerCaptures();
    }
  }

  private ordersOf({ steps, replay = [], rules = [] }: TrainOptions, collector: ResultCollector): StepOrders {
    return {
      target: this.step + steps,
      single: steps === 1,
      collector,
      liveSettings: (step) => liveSettingsAt(replay, step) ?? this.context.liveSettings(),
      mustStop: (step) =>
        this.stopping || this.captures.wanted || this.decisions.due(step, rules) || this.validator.due(step) !== null,
    };
  }

  /**
   * Runs until it is time to evaluate, to decide or to stop. If the backend dies, waits until it
   * has been replaced.
   */
  private async runOn(orders: StepOrders, rules: readonly EpochRule[]): Promise<void> {
    const { runner, validator } = this;
    try {
      await runner.run(orders);
      if (!runner.overflowed && this.decisions.due(this.step, rules)) {
        const decision = await this.decisions.decide(runner.network, this.step, rules);
        if (decision === 'stop') this.stopping = true;
      }
    } catch (error) {
      runner.cursor.rewind(this.step);
      if (!(await this.context.backend.isLoss(error))) throw error;
      // The change that stops this run comes before the replacement of the backend. Waiting here
      // would make each wait for the other.
      if (this.stopping) return;
      await Promise.race([this.context.backend.recovered(), new Promise<void>((resolve) => (this.wake = resolve))]);
      return;
    }
    this.answerCaptures();
    const due = runner.overflowed ? null : validator.due(this.step);
    if (!due) return;
    validator.evaluate(runner.network, this.step, due);
    void this.takeSnapshot();
  }

  private async halt(result: StepResult, orders: StepOrders): Promise<NonNullable<TrainResult['halted']>> {
    const { runId, backend, emit } = this.context;
    const { runner } = this;
    runner.cursor.rewind(this.step);
    const halted = await backend.guard(explainHalt(runner.network, this.context, this.step + 1, result));
    await runner.lookAtOverflow(orders);
    emit({ type: 'halted', runId, ...halted });
    this.setState('halted');
    return halted;
  }

  private answerCaptures(): void {
    this.captures.answer(() => this.context.backend.guard(this.captureNow()));
  }

  private async takeSnapshot(): Promise<void> {
    const { runner, step } = this;
    try {
      this.snapshot = { step, weights: await this.context.backend.guard(runner.network.getWeights()) };
    } catch {
      // The copy is only a precaution. A backend that cannot give its weights has died, and the
      // code that replaces the backend reports this.
    }
  }
}
