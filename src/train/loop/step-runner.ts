import { at } from '../../at';
import type { Network, StepRequest, StepResult } from '../../backend/engine';
import type { LiveSettings } from '../../model/live-settings';
import { DiagnosticsSampler } from './diagnostics/diagnostics-sampler';
import { MetricsRecorder, type ResultCollector } from './metrics';
import { ChunkSizer, pumpSteps } from './pump';
import type { FirstWeights, RunContext } from './run-context';
import { StepCursor } from './step-cursor';

/** Instructions for the steps to run. */
export interface StepOrders {
  /** The last step. */
  target: number;
  /** The request is for a single step. It gets a look even if the last look was very recent. */
  single: boolean;
  liveSettings: (step: number) => LiveSettings;
  /** Is there something to do after this many steps, before the next one begins? */
  mustStop: (step: number) => boolean;
  collector: ResultCollector;
}

/** Runs the steps of a network: submits them, handles their results, and looks at some of them. */
export class StepRunner {
  /** Steps done, including those before this run. */
  step: number;
  /** The first step that was not finite. */
  overflowed: StepResult | null = null;
  /** Whether this network has done steps since it was created or received weights. */
  warm = false;
  readonly cursor: StepCursor;
  private sizer = new ChunkSizer();
  private readonly recorder: MetricsRecorder;
  private readonly sampler: DiagnosticsSampler;

  /** @param onTrained receives how long training took and for how many images */
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

  /** Continues with a network that replaces a lost one. The new optimizer state is zero. */
  resumeOn(network: Network): void {
    this.current = network;
    this.warm = false;
    this.sizer = new ChunkSizer();
    this.cursor.rewind(this.step);
    this.cursor.restartOptimizer(this.step);
  }

  /** Keeps two chunks of steps in flight until there is something else to do. */
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

  /** Reports the finished steps at once, because no others will follow. */
  flush(): void {
    this.recorder.flush();
  }

  private nextRequests(most: number, orders: StepOrders): StepRequest[] {
    // If an evaluation is due, the pump runs dry first, so that the evaluation uses the weights of
    // exactly this step.
    if (most <= 0 || this.overflowed || orders.mustStop(this.cursor.submitted)) return [];
    if (this.sampler.isDue(orders.single)) return [];
    return this.cursor.next(this.current, most, orders.liveSettings);
  }

  /** May the next step get a look now? Work that waits for the weights of this step goes first. */
  private mayLook({ target, single, mustStop }: StepOrders): boolean {
    if (this.overflowed || this.step >= target || mustStop(this.step)) return false;
    return this.sampler.isDue(single);
  }

  /** Runs one step by itself, with a look at its effect on the layers. */
  private lookAtStep({ liveSettings, collector }: StepOrders): Promise<void> {
    const { backend, now } = this.context;
    return this.sampler.look(this.current, this.step + 1, async () => {
      const begun = now();
      const requests = this.cursor.next(this.current, 1, liveSettings);
      const results = await backend.guard(this.current.trainSteps(requests));
      this.takeResults(results, requests, now() - begun, collector);
      return at(results, 0);
    });
  }

  /**
   * Looks at the step that overflowed. A halted network still computes the step but does not apply
   * it, so the look shows again where the numbers went wrong.
   */
  async lookAtOverflow({ liveSettings }: StepOrders): Promise<void> {
    const { backend } = this.context;
    const step = this.step + 1;
    if (this.sampler.has(step)) return;
    await this.sampler.look(this.current, step, async () => {
      const requests = this.cursor.next(this.current, 1, liveSettings);
      return at(await backend.guard(this.current.trainSteps(requests)), 0);
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
    // The failed step is reported, so that the charts mark where it happened, but it does not
    // count.
    this.recorder.add(bad < 0 ? done : results.slice(0, bad + 1), first, examples, ms);
    collector.add(done, examples, ms);
    // The first chunk may have waited for shaders to be compiled, so its time says nothing about
    // the cost of a step.
    if (this.warm) {
      this.onTrained(ms, examples);
      this.sampler.trained(ms, done.length);
    }
    this.warm = true;
    if (bad >= 0) this.overflowed = at(results, bad);
  }
}
