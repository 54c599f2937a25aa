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
   * How the network does on all validation images with the weights of this very step; null where no
   * rule needs to know, or where no images are held back.
   */
  validation: Evaluation | null;
}

/**
 * Decides at the end of every epoch how training goes on: a stopping rule, or a schedule that changes
 * settings. The loop begins no step of the next epoch before the decision, and waits for the
 * validation that it hangs on: the same seed takes the same decision on any machine.
 */
export interface EpochRule {
  /** Does the decision at the end of this epoch hang on its validation? */
  needsValidation(epoch: number): boolean;
  decide(end: EpochEnd): 'goOn' | 'stop';
}

/** When rules have to decide, and what they decide together. */
export class EpochDecisions {
  /** @param decidedAt the last step that needs no decision any more */
  constructor(
    private readonly plan: BatchPlan,
    private readonly validator: Pick<Validator, 'validate'>,
    private decidedAt: number,
  ) {}

  /** Does an epoch end after so many steps whose end no rule has seen yet? */
  due(step: number, rules: readonly EpochRule[]): boolean {
    return rules.length > 0 && step > this.decidedAt && this.plan.endsEpoch(step);
  }

  /**
   * Lets the rules decide on this end of an epoch, after its validation where a decision hangs on it.
   * @throws what the backend fails with; then the decision is still due.
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
