import { reportOf } from '../../errors';
import type { Network } from '../../backend/engine';
import type { Evaluation } from '../wire/protocol';
import { evaluateRows } from './evaluation';
import type { RunContext } from './run-context';
import { ValidationSchedule } from './validation-schedule';

/**
 * Number of validation images in a glance: enough to know the accuracy to about a percent.
 */
const GLANCE_IMAGES = 1000;

/**
 * Evaluates beside the training, with the weights at the time of the call. The result arrives
 * later, at no fixed time.
 */
export class Validator {
  private readonly schedule: ValidationSchedule;
  private evaluatedAt = 0;
  private pending = 0;

  constructor(private readonly context: RunContext) {
    this.schedule = new ValidationSchedule(Math.min(GLANCE_IMAGES, context.validation.length), context.now);
  }

  /** Records that training took this long for this many images. */
  trained(ms: number, examples: number): void {
    this.schedule.trained(ms, examples);
  }

  /**
   * What to evaluate on after this many steps: all validation images at the end of an epoch, and
   * some of them now and then.
   */
  due(step: number): 'whole' | 'glance' | null {
    if (step === this.evaluatedAt || this.context.validation.length === 0) return null;
    if (this.context.plan.endsEpoch(step)) return this.schedule.wholeIsDue() ? 'whole' : null;
    return this.pending === 0 && this.schedule.glanceIsDue() ? 'glance' : null;
  }

  /** Ends the run. An epoch that was too short to be evaluated is now evaluated after all. */
  finish(network: Network, step: number): void {
    const { plan, validation } = this.context;
    if (validation.length === 0 || step === 0 || step === this.evaluatedAt) return;
    if (plan.endsEpoch(step)) this.evaluate(network, step, 'whole');
  }

  /**
   * Begins an evaluation and emits its result later. All steps up to this one must be done, and no
   * later step may have begun.
   */
  evaluate(network: Network, step: number, what: 'whole' | 'glance'): void {
    this.run(network, step, what).catch((error: unknown) => this.report(error));
  }

  /**
   * Evaluates on all validation images, waits for the result, and emits it as well.
   * @returns null if no images are held back
   * @throws the error of the backend; the step may then be validated again.
   */
  async validate(network: Network, step: number): Promise<Evaluation | null> {
    return this.context.validation.length > 0 ? this.run(network, step, 'whole') : null;
  }

  private async run(network: Network, step: number, what: 'whole' | 'glance'): Promise<Evaluation> {
    const { runId, dataset, validation, plan, backend, emit, now } = this.context;
    const rows = what === 'whole' ? validation : validation.subarray(0, GLANCE_IMAGES);
    const begun = now();
    this.schedule.begun(what);
    this.evaluatedAt = step;
    this.pending++;
    const about = { split: 'validation', step, epoch: plan.epochsAfter(step), images: rows.length } as const;
    try {
      const result = await backend.guard(evaluateRows(network, dataset, 'train', rows));
      if (what === 'glance') this.schedule.glanceTook(now() - begun);
      emit({ type: 'evaluation', runId, ...about, whole: rows.length === validation.length, result });
      return result;
    } finally {
      this.pending--;
    }
  }

  /**
   * Reports a failure, unless it comes from the death of the backend. That makes many calls fail at
   * once, and is reported once, by the code that replaces the backend.
   */
  private async report(error: unknown): Promise<void> {
    if (await this.context.backend.isLoss(error)) return;
    this.context.emit({ type: 'problem', runId: this.context.runId, error: reportOf(error), fatal: false });
  }
}
