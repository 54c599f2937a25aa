import type { Network } from '../../backend/engine';

/** Work done for one request, in milliseconds. */
export interface Account {
  ms: number;
}

/**
 * Tells how long the backend works for each request. Networks do what they are asked in order, so a
 * question waits for the training steps submitted before it; it costs the training only the time
 * from the end of what came before it to its own end.
 */
export class WorkClock {
  private lastDone = -Infinity;
  /**
   * Whose code is running: set where a request begins and where the backend answers it, which is
   * where it asks on.
   */
  private current: Account | null = null;
  private readonly originals = new WeakMap<Network, Network>();
  /** How often anything was asked, and which of those calls are training under way. */
  private calls = 0;
  private readonly training = new Set<number>();
  /** Evaluations under way, whose pieces come between anything else unseen. */
  private evaluations = 0;
  /** What each kind of question cost last while none was. */
  private readonly costs = new Map<PropertyKey, number>();

  constructor(private readonly now: () => number) {}

  /** A request begins. What it asks of the backend is charged to the account returned. */
  open(): Account {
    this.current = { ms: 0 };
    return this.current;
  }

  /** The same network, for those who train it: what it does is noted, but charged to nobody. */
  forTraining(network: Network): Network {
    return this.watch(network, () => 'training');
  }

  /** The same network, for those who ask it about something. */
  forQuestions(network: Network): Network {
    return this.watch(network, () => this.current);
  }

  private watch(network: Network, charged: () => Account | null | 'training'): Network {
    const original = this.originals.get(network) ?? network;
    const watched = new Proxy(original, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const [call, begun, payer] = [++this.calls, this.now(), charged()];
          // An evaluation runs beside the training, piece by piece: all of its time is an upper
          // bound of what it cost.
          const beside = key === 'evaluate';
          const result: unknown = value.apply(target, given);
          if (!(result instanceof Promise)) return result;
          if (payer === 'training' && !beside) this.training.add(call);
          const disturbed = this.evaluations > 0;
          if (beside) this.evaluations++;
          const end = () => {
            if (beside) this.evaluations--;
            if (payer === 'training') this.trained(call);
            else if (beside) this.done(this.now() - begun, payer);
            else this.done(this.ownTime(call, begun, key, disturbed || this.evaluations > 0), payer);
          };
          // A failure ends the work as well.
          void result.then(end, end);
          return result;
        };
      },
      // What is set is set on the network itself, whose own methods look for it there.
      set: (target, key, value) => Reflect.set(target, key, value),
    });
    this.originals.set(watched, original);
    return watched;
  }

  /**
   * How long a question took that has just been answered. Steps asked for before it may be reported
   * only now, a few turns later than the answer: a GPU tells of several things at once. Then the
   * time was theirs. Of an evaluation that was under way some piece may have come first: then it
   * took no longer than it does else.
   * @param key which question it was
   * @param disturbed an evaluation was under way
   */
  private ownTime(call: number, begun: number, key: PropertyKey, disturbed: boolean): number {
    const waited = [...this.training].some((other) => other < call);
    if (waited) return 0;
    const ms = this.now() - Math.max(begun, this.lastDone);
    if (disturbed) return Math.min(ms, this.costs.get(key) ?? ms);
    this.costs.set(key, ms);
    return ms;
  }

  /** Those asked for before it are done as well: a device that was lost never tells. */
  private trained(call: number): void {
    for (const other of this.training) if (other <= call) this.training.delete(other);
    this.done(0, null);
  }

  private done(ms: number, account: Account | null): void {
    this.lastDone = this.now();
    this.current = account;
    if (account) account.ms += ms;
  }
}
