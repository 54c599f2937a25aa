import { at } from '../../at';
import { INTERVAL_MS, Throttle } from '../../pace';
import type { NormSlot } from '../../model/norm-slots';
import type { StepResult } from '../../backend/engine';
import type { TrainResult, WorkerEvent } from '../wire/protocol';

type MetricsEvent = Extract<WorkerEvent, { type: 'metrics' }>;

/** Time over which speeds are smoothed. */
const SMOOTHING_MS = 1000;

/** Collects step results and hands them on in columns, at most ten times a second. */
export class MetricsRecorder {
  private pending: StepResult[] = [];
  private firstStep = 1;
  private readonly events: Throttle;
  private chunks = 0;
  /** What was done in about the last second. Both speeds come from it, so that they agree. */
  private lately = { ms: 0, steps: 0, examples: 0 };

  /** @param emit receives the columns; the caller adds run and epoch */
  constructor(
    private readonly slots: number,
    private readonly emit: (columns: Omit<MetricsEvent, 'type' | 'runId' | 'epoch'>) => void,
    now: () => number,
  ) {
    this.events = new Throttle(INTERVAL_MS.metrics, now);
  }

  /** @param firstStep number within the whole run; @param ms time these steps took together */
  add(results: readonly StepResult[], firstStep: number, examples: number, ms: number): void {
    if (results.length === 0) return;
    if (this.pending.length === 0) this.firstStep = firstStep;
    this.pending.push(...results);
    // Sums that fade with time, so that the smoothing does not depend on the size of chunks. They
    // begin with the second chunk, because the first may have waited for shaders to be compiled.
    const rest = this.chunks++ < 2 ? 0 : Math.exp(-ms / SMOOTHING_MS);
    const { lately } = this;
    lately.ms = lately.ms * rest + ms;
    lately.steps = lately.steps * rest + results.length;
    lately.examples = lately.examples * rest + examples;
    if (this.events.isOpen()) this.flush();
  }

  /** Hands on the pending results at once, because training stops and nothing will follow. */
  flush(): void {
    if (this.pending.length === 0) return;
    const { pending, slots, lately } = this;
    const norms = new Float32Array(pending.length * slots);
    pending.forEach((result, i) => norms.set(result.norms, i * slots));
    this.pending = [];
    this.events.restart();
    this.emit({
      firstStep: this.firstStep,
      loss: Float32Array.from(pending, ({ loss }) => loss),
      accuracy: Float32Array.from(pending, ({ accuracy }) => accuracy),
      norms,
      examplesPerSecond: (1000 * lately.examples) / Math.max(lately.ms, 1e-3),
      msPerStep: lately.ms / lately.steps,
    });
  }
}

/** Gathers the result of a `train` request. */
export class ResultCollector {
  private readonly result: TrainResult = { steps: 0, loss: [], accuracy: [], gradientNorms: {}, examplesPerSecond: 0 };
  /** For each layer with weights, the places of its norms in a result. */
  private readonly layers: { norms: number[]; slots: number[] }[] = [];
  private readonly total = { examples: 0, ms: 0 };
  /** The first chunk, which may have waited for shaders to be compiled. */
  private first: { examples: number; ms: number } | null = null;

  constructor(
    normSlots: readonly NormSlot[],
    private readonly collect: boolean,
  ) {
    const slots = new Map<string, number[]>();
    normSlots.forEach(({ layer, tensor }, i) => {
      if (tensor !== 'output') slots.set(layer, [...(slots.get(layer) ?? []), i]);
    });
    for (const [layer, indices] of slots) {
      this.result.gradientNorms[layer] = [];
      this.layers.push({ norms: this.result.gradientNorms[layer], slots: indices });
    }
  }

  add(results: readonly StepResult[], examples: number, ms: number): void {
    this.result.steps += results.length;
    this.first ??= { examples, ms };
    this.total.examples += examples;
    this.total.ms += ms;
    if (!this.collect) return;
    for (const { loss, accuracy, norms } of results) {
      this.result.loss.push(loss);
      this.result.accuracy.push(accuracy);
      // The L2 norm of weight and bias as one vector.
      for (const layer of this.layers) layer.norms.push(Math.hypot(...layer.slots.map((slot) => at(norms, slot))));
    }
  }

  /** The speed covers all chunks except the first, unless there is only one. */
  finish(): TrainResult {
    const { total, first } = this;
    const warmUp = first && total.examples > first.examples ? first : { examples: 0, ms: 0 };
    const [examples, ms] = [total.examples - warmUp.examples, total.ms - warmUp.ms];
    return { ...this.result, examplesPerSecond: ms > 0 ? (examples / ms) * 1000 : 0 };
  }
}
