import { PlaygroundError } from '../../errors';
import type { Network, StepRequest, StepResult } from '../../backend/engine';
import { Captures, type Capture, type Snapshot } from '../session/captures';
import { DiagnosticsSampler } from './diagnostics-sampler';
import { explainHalt } from './find-overflow';
import { MetricsRecorder, ResultCollector } from './metrics';
import type { FirstWeights } from '../session/first-weights';
import type { RunState, TrainResult } from '../wire/protocol';
import { ChunkSizer, pumpSteps } from './pump';
import type { RunContext } from '../session/run-context';
import { StepCursor } from './step-cursor';
import { Validator } from './validator';

/** One run of one network: the loop, its counters and its state. */
export class Trainer {
  state: RunState;
  /** Steps done, those before this run included. */
  step: number;
  snapshot: Snapshot;
  private stopping = false;
  private wake: () => void = () => undefined;
  private running: Promise<TrainResult> | null = null;
  private readonly captures = new Captures();
  /** The first step that was not finite. */
  private overflowed: StepResult | null = null;
  private readonly cursor: StepCursor;
  private sizer = new ChunkSizer();
  private readonly validator: Validator;
  private readonly recorder: MetricsRecorder;
  private readonly sampler: DiagnosticsSampler;
  /** Steps were done on this network since it was made or given weights. */
  private warm = false;
  /** A single step was asked for: it is looked at, however short ago the last look was. */
  private single = false;

  /** @param first what the network starts with */
  constructor(
    private readonly context: RunContext,
    private network: Network,
    { weights, step, optimizer }: FirstWeights,
  ) {
    this.step = step;
    this.state = step > 0 ? 'paused' : 'idle';
    this.snapshot = { step, weights };
    this.cursor = new StepCursor(context.plan, step, optimizer?.step);
    this.validator = new Validator(context);
    this.sampler = new DiagnosticsSampler(context);
    this.recorder = new MetricsRecorder(
      network.normSlots.length,
      (columns) => context.emit({ type: 'metrics', runId: context.runId, epoch: this.epoch, ...columns }),
      context.now,
    );
  }

  /** Epochs completed. */
  get epoch(): number {
    return this.context.plan.epochsAfter(this.step);
  }

  /**
   * Step and epochs completed once the steps on their way are done, which come before all that is
   * asked of the network now.
   */
  get ahead(): { step: number; epoch: number } {
    const { submitted } = this.cursor;
    return { step: submitted, epoch: this.context.plan.epochsAfter(submitted) };
  }

  /** Number of the next step as the network counts it; see `StepRequest`. */
  get nextUpdate(): number {
    return this.cursor.updatesAfter(this.step) + 1;
  }

  /** The network has gradients of a step, not only the zeros that it was made with. */
  get hasGradients(): boolean {
    return this.warm;
  }

  /**
   * Trains for so many steps, or until {@link pause}.
   * @throws PlaygroundError if it is training already or was halted.
   */
  async train(steps: number, collect: boolean): Promise<TrainResult> {
    if (this.running) throw new PlaygroundError('the network is training already.', { remedy: 'Pause it first.' });
    if (this.state === 'halted') {
      const what = 'training was halted because a number was no longer finite.';
      throw new PlaygroundError(what, { remedy: 'Lower the learning rate, reset, or set other weights first.' });
    }
    this.stopping = false;
    this.single = steps === 1;
    this.running = this.run(this.step + steps, new ResultCollector(this.network.normSlots, collect));
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  /** Stops after the steps already submitted; resolves when the last of them is done. */
  async pause(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running?.catch(() => undefined);
  }

  /** Goes on with a network in place of one that was lost; its optimizer state is zero. */
  resumeOn(network: Network): void {
    this.network = network;
    this.warm = false;
    this.sizer = new ChunkSizer();
    this.cursor.rewind(this.step);
    this.cursor.restartOptimizer(this.step);
  }

  /**
   * Makes a halted run playable again: the weights stay, the optimizer forgets what made them
   * overflow.
   */
  async resumeFromHalt(): Promise<void> {
    this.network.setWeights(await this.network.getWeights());
    this.warm = false;
    this.cursor.restartOptimizer(this.step);
    this.setState(this.step > 0 ? 'paused' : 'idle');
  }

  /**
   * All that it takes to go on from here. While it trains, the steps on their way are done first.
   */
  async capture(): Promise<Capture> {
    return this.state === 'running' ? this.captures.ask() : this.captureNow();
  }

  private async captureNow(): Promise<Capture> {
    const { network, step, cursor } = this;
    const [weights, moments] = await Promise.all([network.getWeights(), network.getMoments()]);
    return { step, weights, optimizer: { step: cursor.updatesAfter(step), moments } };
  }

  setState(state: RunState): void {
    this.state = state;
    this.context.emit({ type: 'state', runId: this.context.runId, state, step: this.step, epoch: this.epoch });
  }

  private async run(target: number, collector: ResultCollector): Promise<TrainResult> {
    this.overflowed = null;
    this.setState('running');
    try {
      while (!this.stopping && !this.overflowed && this.step < target) await this.runToEvaluation(target, collector);
      this.recorder.flush();
      if (this.overflowed) return { ...collector.finish(), halted: await this.halt(this.overflowed) };
      if (this.step === target) this.validator.finish(this.network, this.step);
      void this.takeSnapshot();
      return collector.finish();
    } finally {
      this.recorder.flush();
      if (this.state === 'running') this.setState(this.step > 0 ? 'paused' : 'idle');
      this.answerCaptures();
    }
  }

  /**
   * Runs until it is time to evaluate or to stop. Where the backend dies, waits until it has been
   * replaced.
   */
  private async runToEvaluation(target: number, collector: ResultCollector): Promise<void> {
    try {
      await pumpSteps({
        network: this.network,
        sizer: this.sizer,
        next: (most) => this.nextRequests(Math.min(most, target - this.cursor.submitted)),
        done: (results, requests, ms) => this.takeResults(results, requests, ms, collector),
        guard: (promise) => this.context.backend.guard(promise),
        now: this.context.now,
      });
      if (this.mayLook(target)) await this.lookAtStep(collector);
    } catch (error) {
      this.cursor.rewind(this.step);
      if (!(await this.context.backend.isLoss(error))) throw error;
      // The change that stops it is made before the backend is replaced: each would wait for the
      // other.
      if (this.stopping) return;
      await Promise.race([this.context.backend.recovered(), new Promise<void>((resolve) => (this.wake = resolve))]);
      return;
    }
    this.answerCaptures();
    const due = this.overflowed ? null : this.validator.due(this.step);
    if (!due) return;
    this.validator.evaluate(this.network, this.step, due);
    void this.takeSnapshot();
  }

  private nextRequests(most: number): StepRequest[] {
    // Where an evaluation is due the pump runs dry first, so that it sees the weights of exactly
    // this step.
    if (
      most <= 0 ||
      this.stopping ||
      this.overflowed ||
      this.captures.wanted ||
      this.validator.due(this.cursor.submitted)
    )
      return [];
    if (this.sampler.isDue(this.single)) return [];
    return this.cursor.next(this.network, most, this.context.learningRate());
  }

  /** May the next step be looked at now? What waits for the weights of this one goes first. */
  private mayLook(target: number): boolean {
    if (this.stopping || this.overflowed || this.captures.wanted || this.step >= target) return false;
    return this.sampler.isDue(this.single) && !this.validator.due(this.step);
  }

  /** One step by itself, with a look at what it does to the layers. */
  private lookAtStep(collector: ResultCollector): Promise<void> {
    const { backend, now, learningRate } = this.context;
    return this.sampler.look(this.network, this.step + 1, async () => {
      const begun = now();
      const requests = this.cursor.next(this.network, 1, learningRate());
      const results = await backend.guard(this.network.trainSteps(requests));
      this.takeResults(results, requests, now() - begun, collector);
      return results[0];
    });
  }

  private takeResults(results: StepResult[], requests: StepRequest[], ms: number, collector: ResultCollector): void {
    if (this.overflowed) return;
    const bad = results.findIndex(({ halted }) => halted);
    const done = bad < 0 ? results : results.slice(0, bad);
    const examples = requests.slice(0, done.length).reduce((sum, { count }) => sum + count, 0);
    const first = this.step + 1;
    this.step += done.length;
    // The step that failed is shown, so that the charts mark where it happened, but it does not
    // count.
    this.recorder.add(bad < 0 ? done : results.slice(0, bad + 1), first, examples, ms);
    collector.add(done, examples, ms);
    // The first chunk may have waited for shaders to be compiled: it says nothing about the cost of
    // a step.
    if (this.warm) {
      this.validator.trained(ms, examples);
      this.sampler.trained(ms, done.length);
    }
    this.warm = true;
    if (bad >= 0) this.overflowed = results[bad];
  }

  private async halt(result: StepResult): Promise<NonNullable<TrainResult['halted']>> {
    const { runId, backend, emit } = this.context;
    const step = this.step + 1;
    this.cursor.rewind(this.step);
    const halted = await backend.guard(explainHalt(this.network, this.context, step, result));
    if (!this.sampler.has(step)) await this.lookAgain(step);
    emit({ type: 'halted', runId, ...halted });
    this.setState('halted');
    return halted;
  }

  /**
   * A halted network still computes a step, but does not apply it: where its numbers went wrong
   * shows once more.
   */
  private async lookAgain(step: number): Promise<void> {
    const { backend, learningRate } = this.context;
    await this.sampler.look(this.network, step, async () => {
      const [result] = await backend.guard(this.network.trainSteps(this.cursor.next(this.network, 1, learningRate())));
      return result;
    });
    this.cursor.rewind(this.step);
  }

  private answerCaptures(): void {
    this.captures.answer(() => this.context.backend.guard(this.captureNow()));
  }

  private async takeSnapshot(): Promise<void> {
    const { network, step } = this;
    try {
      this.snapshot = { step, weights: await this.context.backend.guard(network.getWeights()) };
    } catch {
      // Only a precaution: a backend that cannot give its weights has died, which is told where it
      // is replaced.
    }
  }
}
