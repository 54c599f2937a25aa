import { BUDGETS, Pacer } from '../../../pace';

/**
 * The least of so many costs is taken for the cost: whatever else the backend had to do at the time
 * only adds to it.
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
  /** Time of a step without looking; smoothed. */
  private msPerStep: number | null = null;

  /** Training went on for so long, over so many steps. */
  trained(ms: number, steps: number): void {
    if (steps === 0) return;
    this.pacer.passed(ms);
    this.msPerStep = this.msPerStep === null ? ms / steps : this.msPerStep + 0.2 * (ms / steps - this.msPerStep);
  }

  isDue(): boolean {
    // The first look comes with the first step; the second is the first that was waited for.
    return this.looks === 0 || this.pacer.mayRun(Math.min(...this.costs), this.looks === 1);
  }

  /**
   * A look was taken.
   * @param ms how long it took, with the step that it was taken at
   * @param stepMs how long that step alone took
   */
  took(ms: number, stepMs: number): void {
    // It may have taken longer than steps do else: it was waited for, instead of the next one being
    // on its way already.
    this.costs = [...this.costs, Math.max(0, ms - (this.msPerStep ?? stepMs))].slice(-REMEMBERED);
    this.looks++;
    this.pacer.restart();
  }
}
