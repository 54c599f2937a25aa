/** Work done for one request, in milliseconds. */
export interface Account {
  ms: number;
}

/** Opens the account of a request. Pass it on: the request's backend calls are charged to it. */
export const openAccount = (): Account => ({ ms: 0 });

/** The caller of the backend: a request, or the training, which pays for nothing. */
export type Payer = Account | 'training';

/** The calls of a network that take time. */
export type Work = 'trainSteps' | 'evaluate' | Question;
type Question = 'forward' | 'backward' | 'lookAt' | 'getWeights' | 'getGradients' | 'getMoments';

/**
 * Measures how long the backend works for each request. Networks handle calls in order, so a
 * question waits for the training steps submitted before it. The question costs the training only
 * the time from the end of the work before it to its own end.
 */
export class WorkClock {
  private lastDone = -Infinity;
  /** Number of calls so far, and which of them are training steps that are still under way. */
  private calls = 0;
  private readonly training = new Set<number>();
  /** Evaluations under way. Their pieces run between other work, and the clock cannot see them. */
  private evaluations = 0;
  /** The last cost of each kind of question while no evaluation was under way. */
  private readonly costs = new Map<Work, number>();

  constructor(private readonly now: () => number) {}

  /** Runs some work and charges its time when it ends, also if it fails. */
  time<T>(work: Work, payer: Payer, begin: () => Promise<T>): Promise<T> {
    if (work === 'evaluate') return this.timeEvaluation(payer, begin);
    const [call, begun, disturbed] = [++this.calls, this.now(), this.evaluations > 0];
    const result = begin();
    if (payer === 'training') this.training.add(call);
    const end = () => {
      if (payer === 'training') this.trained(call);
      else this.charge(payer, this.ownTime(call, begun, work, disturbed || this.evaluations > 0));
    };
    void result.then(end, end);
    return result;
  }

  /**
   * Charges the whole time of an evaluation, which is an upper bound of its cost, because an
   * evaluation runs piece by piece beside the training.
   */
  private timeEvaluation<T>(payer: Payer, begin: () => Promise<T>): Promise<T> {
    const [call, begun] = [++this.calls, this.now()];
    const result = begin();
    this.evaluations++;
    const end = () => {
      this.evaluations--;
      if (payer === 'training') this.trained(call);
      else this.charge(payer, this.now() - begun);
    };
    void result.then(end, end);
    return result;
  }

  /**
   * How long the question took that was just answered. A GPU reports several results at once, so
   * steps submitted before the question may be reported a few turns later than its answer; the time
   * up to then belongs to the steps. If an evaluation was under way, one of its pieces may have run
   * first; the question then counts for no more than the last cost of its kind without an
   * evaluation.
   * @param disturbed an evaluation was under way
   */
  private ownTime(call: number, begun: number, question: Work, disturbed: boolean): number {
    const waited = [...this.training].some((other) => other < call);
    if (waited) return 0;
    const ms = this.now() - Math.max(begun, this.lastDone);
    if (disturbed) return Math.min(ms, this.costs.get(question) ?? ms);
    this.costs.set(question, ms);
    return ms;
  }

  /** Marks this training call and all earlier ones as done, because a lost device never reports. */
  private trained(call: number): void {
    for (const other of this.training) if (other <= call) this.training.delete(other);
    this.lastDone = this.now();
  }

  private charge(account: Account, ms: number): void {
    this.lastDone = this.now();
    account.ms += ms;
  }
}
