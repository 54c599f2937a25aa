import type { Network } from '../../backend/engine';
import type { BatchPlan } from './batch-plan';
import type { Validator } from './validator';
import type { Evaluation } from '../wire/protocol';

/** What is known at the end of an epoch. */
export interface EpochEnd {
  /** Epochs completed. */
  epoch: number;
  /** Steps done. */
  step: number;
  /**
   * The evaluation on all validation images with the weights of exactly this step; null if no rule
   * needs it, or if no images are held back.
   */
  validation: Evaluation | null;
}

/**
 * Decides at the end of every epoch how training continues. It is a stopping rule, or a schedule
 * that changes settings. The loop waits for the validation that the decision depends on, and begins
 * no step of the next epoch before the decision. So the same seed leads to the same decision on any
 * machine.
 */
export interface EpochRule {
  /** Does the decision at the end of this epoch depend on its validation? */
  needsValidation(epoch: number): boolean;
  decide(end: EpochEnd): 'goOn' | 'stop';
}

/** Knows when the rules have to decide, and combines their decisions. */
export class EpochDecisions {
  /** @param decidedAt the last step that no longer needs a decision */
  constructor(
    private readonly plan: BatchPlan,
    private readonly validator: Pick<Validator, 'validate'>,
    private decidedAt: number,
  ) {}

  /** Does an epoch end after this many steps, and has no rule seen that end yet? */
  due(step: number, rules: readonly EpochRule[]): boolean {
    return rules.length > 0 && step > this.decidedAt && this.plan.endsEpoch(step);
  }

  /**
   * Lets the rules decide at this end of an epoch, after its validation if a rule depends on it.
   * @throws the error of the backend; the decision is then still due.
   */
  async decide(network: Network, step: number, rules: readonly EpochRule[]): Promise<'goOn' | 'stop'> {
    const epoch = this.plan.epochsAfter(step);
    const awaited = rules.some((rule) => rule.needsValidation(epoch));
    const validation = awaited ? await this.validator.validate(network, step) : null;
    this.decidedAt = step;
    const decisions = rules.map((rule) => rule.decide({ epoch, step, validation }));
    return decisions.includes('stop') ? 'stop' : 'goOn';
  }
}
