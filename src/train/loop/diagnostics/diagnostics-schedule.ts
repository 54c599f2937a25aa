import { BUDGETS, Pacer } from '../../../pace';

/**
 * The schedule uses the smallest of this many recent costs, because other work of the backend can
 * only make a measured cost larger.
 */
const REMEMBERED = 3;

/**
 * Decides when there is time to look at the layers while training: at the first step, and then as
 * often as the cost allows.
 */
export class DiagnosticsSchedule {
  private readonly pacer = new Pacer(BUDGETS.diagnostics);
  private looks = 0;
  private costs: number[] = [];
  /** Smoothed time of a step without a look. */
  private msPerStep: number | null = null;

  /** Records that training took this long for this many steps. */
  trained(ms: number, steps: number): void {
    if (steps === 0) return;
    this.pacer.passed(ms);
    this.msPerStep = this.msPerStep === null ? ms / steps : this.msPerStep + 0.2 * (ms / steps - this.msPerStep);
  }

  isDue(): boolean {
    // The first look comes with the first step. The second look is the first one with a wait.
    return this.looks === 0 || this.pacer.mayRun(Math.min(...this.costs), this.looks === 1);
  }

  /**
   * Records a look.
   * @param ms time of the look together with its step
   * @param stepMs time of that step alone
   */
  took(ms: number, stepMs: number): void {
    // The step may have taken longer than other steps, because the loop waited for it instead of
    // submitting the next one already.
    this.costs = [...this.costs, Math.max(0, ms - (this.msPerStep ?? stepMs))].slice(-REMEMBERED);
    this.looks++;
    this.pacer.restart();
  }
}
