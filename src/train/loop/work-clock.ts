/** Work done for one request, in milliseconds. */
export interface Account {
  ms: number;
}

/** A request begins. Pass the account on with it: what it asks of the backend is charged to it. */
export const openAccount = (): Account => ({ ms: 0 });

/** Who asks the backend for something: a request, or the training, which pays for nothing. */
export type Payer = Account | 'training';

/** What a network can be asked that takes time. */
export type Work = 'trainSteps' | 'evaluate' | Question;
type Question = 'forward' | 'backward' | 'lookAt' | 'getWeights' | 'getGradients' | 'getMoments';

/**
 * Tells how long the backend works for each request. Networks do what they are asked in order, so a
 * question waits for the training steps submitted before it; it costs the training only the time
 * from the end of what came before it to its own end.
 */
export class WorkClock {
  private lastDone = -Infinity;
  /** How often anything was asked, and which of those calls are training under way. */
  private calls = 0;
  private readonly training = new Set<number>();
  /** Evaluations under way, whose pieces come between anything else unseen. */
  private evaluations = 0;
  /** What each kind of question cost last while no evaluation was under way. */
  private readonly costs = new Map<Work, number>();

  constructor(private readonly now: () => number) {}

  /** Has some work done, and charges it when it has ended, which a failure does as well. */
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
   * An evaluation runs beside the training, piece by piece: all of its time is an upper bound of what
   * it cost.
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
   * How long a question took that has just been answered. Steps asked for before it may be reported
   * only now, a few turns later than the answer: a GPU tells of several things at once. Then the
   * time was theirs. Of an evaluation that was under way some piece may have come first: then it
   * took no longer than it does else.
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

  /** Those asked for before it are done as well: a device that was lost never tells. */
  private trained(call: number): void {
    for (const other of this.training) if (other <= call) this.training.delete(other);
    this.lastDone = this.now();
  }

  private charge(account: Account, ms: number): void {
    this.lastDone = this.now();
    account.ms += ms;
  }
}
