import type { Network, StepRequest, StepResult } from '../../backend/engine';
import type { LiveSettings } from '../../model/live-settings';
import { DiagnosticsSampler } from './diagnostics/diagnostics-sampler';
import { MetricsRecorder, type ResultCollector } from './metrics';
import { ChunkSizer, pumpSteps } from './pump';
import type { FirstWeights, RunContext } from './run-context';
import { StepCursor } from './step-cursor';

/** What holds for the steps to be run. */
export interface StepOrders {
  /** The last step. */
  target: number;
  /** A single step was asked for: it is looked at, however short ago the last look was. */
  single: boolean;
  liveSettings(step: number): LiveSettings;
  /** Is there something to be done after so many steps, before the next one begins? */
  mustStop(step: number): boolean;
  collector: ResultCollector;
}

/** Runs the steps of a network: what is submitted when, what comes of it, and looks at some steps. */
export class StepRunner {
  /** Steps done, those before this run included. */
  step: number;
  /** The first step that was not finite. */
  overflowed: StepResult | null = null;
  /** Steps were done on this network since it was made or given weights. */
  warm = false;
  readonly cursor: StepCursor;
  private sizer = new ChunkSizer();
  private readonly recorder: MetricsRecorder;
  private readonly sampler: DiagnosticsSampler;

  /** @param onTrained told how long training took, over how many images */
  constructor(
    private readonly context: RunContext,
    private current: Network,
    { step, optimizer }: FirstWeights,
    private readonly onTrained: (ms: number, examples: number) => void,
  ) {
    const { runId, plan, emit, now } = context;
    this.step = step;
    this.cursor = new StepCursor(plan, step, optimizer?.step, (change) =>
      emit({ type: 'liveSettings', runId, change }),
    );
    this.sampler = new DiagnosticsSampler(context);
    this.recorder = new MetricsRecorder(
      current.normSlots.length,
      (columns) => emit({ type: 'metrics', runId, epoch: plan.epochsAfter(this.step), ...columns }),
      now,
    );
  }

  get network(): Network {
    return this.current;
  }

  /** Goes on with a network in place of one that was lost; its optimizer state is zero. */
  resumeOn(network: Network): void {
    this.current = network;
    this.warm = false;
    this.sizer = new ChunkSizer();
    this.cursor.rewind(this.step);
    this.cursor.restartOptimizer(this.step);
  }

  /** Keeps two chunks of steps in flight until there is something else to be done. */
  async run(orders: StepOrders): Promise<void> {
    await pumpSteps({
      network: this.current,
      sizer: this.sizer,
      next: (most) => this.nextRequests(Math.min(most, orders.target - this.cursor.submitted), orders),
      done: (results, requests, ms) => this.takeResults(results, requests, ms, orders.collector),
      guard: (promise) => this.context.backend.guard(promise),
      now: this.context.now,
    });
    if (this.mayLook(orders)) await this.lookAtStep(orders);
  }

  /** Tells the steps done so far now: none will follow. */
  flush(): void {
    this.recorder.flush();
  }

  private nextRequests(most: number, orders: StepOrders): StepRequest[] {
    // Where an evaluation is due the pump runs dry first, so that it sees the weights of exactly
    // this step.
    if (most <= 0 || this.overflowed || orders.mustStop(this.cursor.submitted)) return [];
    if (this.sampler.isDue(orders.single)) return [];
    return this.cursor.next(this.current, most, orders.liveSettings);
  }

  /** May the next step be looked at now? What waits for the weights of this one goes first. */
  private mayLook({ target, single, mustStop }: StepOrders): boolean {
    if (this.overflowed || this.step >= target || mustStop(this.step)) return false;
    return this.sampler.isDue(single);
  }

  /** One step by itself, with a look at what it does to the layers. */
  private lookAtStep({ liveSettings, collector }: StepOrders): Promise<void> {
    const { backend, now } = this.context;
    return this.sampler.look(this.current, this.step + 1, async () => {
      const begun = now();
      const requests = this.cursor.next(this.current, 1, liveSettings);
      const results = await backend.guard(this.current.trainSteps(requests));
      this.takeResults(results, requests, now() - begun, collector);
      return results[0];
    });
  }

  /**
   * A halted network still computes a step, but does not apply it: where its numbers went wrong
   * shows once more.
   */
  async lookAtOverflow({ liveSettings }: StepOrders): Promise<void> {
    const { backend } = this.context;
    const step = this.step + 1;
    if (this.sampler.has(step)) return;
    await this.sampler.look(this.current, step, async () => {
      const [result] = await backend.guard(this.current.trainSteps(this.cursor.next(this.current, 1, liveSettings)));
      return result;
    });
    this.cursor.rewind(this.step);
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
      this.onTrained(ms, examples);
      this.sampler.trained(ms, done.length);
    }
    this.warm = true;
    if (bad >= 0) this.overflowed = results[bad];
  }
}
