import { reportOf } from '../../errors';
import type { Network } from '../../backend/engine';
import type { Evaluation } from '../wire/protocol';
import { evaluateRows } from './evaluation';
import type { RunContext } from './run-context';
import { ValidationSchedule } from './validation-schedule';

/**
 * Images that a glance at the validation data takes: enough to tell accuracy to about a percent.
 */
const GLANCE_IMAGES = 1000;

/**
 * Evaluates beside the training: it takes the weights as they are, and the answer comes when it
 * comes.
 */
export class Validator {
  private readonly schedule: ValidationSchedule;
  private evaluatedAt = 0;
  private pending = 0;

  constructor(private readonly context: RunContext) {
    this.schedule = new ValidationSchedule(Math.min(GLANCE_IMAGES, context.validation.length), context.now);
  }

  /** Training went on for so long, over so many images. */
  trained(ms: number, examples: number): void {
    this.schedule.trained(ms, examples);
  }

  /**
   * What to evaluate on after so many steps: all validation images at the end of an epoch, part of
   * them now and then.
   */
  due(step: number): 'whole' | 'glance' | null {
    if (step === this.evaluatedAt || this.context.validation.length === 0) return null;
    if (this.context.plan.endsEpoch(step)) return this.schedule.wholeIsDue() ? 'whole' : null;
    return this.pending === 0 && this.schedule.glanceIsDue() ? 'glance' : null;
  }

  /** The run ends here: an epoch that was too short to be evaluated is evaluated after all. */
  finish(network: Network, step: number): void {
    const { plan, validation } = this.context;
    if (validation.length === 0 || step === 0 || step === this.evaluatedAt) return;
    if (plan.endsEpoch(step)) this.evaluate(network, step, 'whole');
  }

  /**
   * Begins an evaluation, whose result is emitted later. All steps up to this one must be done, and
   * none after it begun.
   */
  evaluate(network: Network, step: number, what: 'whole' | 'glance'): void {
    this.run(network, step, what).catch((error: unknown) => this.report(error));
  }

  /**
   * Evaluates on all validation images and waits for the result, which is emitted as well.
   * @returns null where no images are held back
   * @throws what the backend fails with; then the step may be validated again.
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
   * The death of a backend makes much fail at once; it is told once, where the backend is replaced.
   */
  private async report(error: unknown): Promise<void> {
    if (await this.context.backend.isLoss(error)) return;
    this.context.emit({ type: 'problem', runId: this.context.runId, error: reportOf(error), fatal: false });
  }
}
