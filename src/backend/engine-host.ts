import { PlaygroundError, reportOf } from '../errors';
import { FALLBACK, type BackendChoice } from './backends';
import type { BackendInfo, Engine } from './engine';
import { chooseEngine, type ChosenEngine, type EngineFactories } from './open-backend';

/** Thrown to all code that waits for a backend when that backend has died. */
export class EngineLost extends PlaygroundError {}

/** Tells a run whether its backend is alive. */
export interface BackendWatch {
  /**
   * Resolves like the promise, but rejects as soon as the backend dies, because a dead device may
   * leave promises pending for ever.
   */
  guard<T>(promise: Promise<T>): Promise<T>;
  /**
   * Did this failure come from the death of the backend? Waits a little, because the cause may be
   * reported after the effect.
   */
  isLoss(error: unknown): Promise<boolean>;
  /** Resolves when a lost backend has been replaced, rejects if it cannot be. */
  recovered(): Promise<void>;
}

/** A second loss within this time means that trying the same device again is of no use. */
const PATIENCE_MS = 60_000;
/** A failure may be reported a little before the loss that caused it. */
const LOSS_DELAY_MS = 200;

/** Holds the backend, notices when it dies, and gets another. */
export class EngineHost implements BackendWatch {
  private current: ChosenEngine | null = null;
  /** Set from the death of the present engine until another takes its place. */
  private death: EngineLost | null = null;
  private readonly onDeath = new Set<(error: EngineLost) => void>();
  private lastLoss = -Infinity;
  private recovery: Promise<void> = Promise.resolve();

  /** @param recover called once per loss, to replace the engine and all that depends on it */
  constructor(
    private readonly factories: EngineFactories,
    private readonly recover: (reason: string) => Promise<void>,
    private readonly now: () => number,
  ) {}

  /** @throws PlaygroundError before the first {@link start}. */
  get engine(): Engine {
    if (this.current) return this.current.engine;
    throw new PlaygroundError('no backend has been started yet.', { remedy: 'Wait until the page is ready.' });
  }

  get info(): BackendInfo | null {
    return this.current?.info ?? null;
  }

  /** Creates the wanted backend. {@link adopt} then replaces the present one with it. */
  create(wanted: BackendChoice): Promise<ChosenEngine> {
    return chooseEngine(wanted, this.factories);
  }

  /**
   * Creates the backend to continue with after a loss: the same one again, or the fallback if that
   * fails too.
   */
  async createReplacement(reason: string): Promise<ChosenEngine> {
    const again = this.now() - this.lastLoss < PATIENCE_MS;
    const lost = this.info?.backend ?? FALLBACK;
    this.lastLoss = this.now();
    const note =
      `Training runs on the CPU, which is slower: the graphics device was lost (${reason}). ` +
      'Load the page again to try WebGPU once more.';
    const fallBack = async () => {
      const chosen = await chooseEngine(FALLBACK, this.factories);
      return { ...chosen, info: { ...chosen.info, note } };
    };
    if (again || lost === FALLBACK) return fallBack();
    return chooseEngine(lost, this.factories).catch(fallBack);
  }

  adopt(chosen: ChosenEngine): void {
    this.current?.engine.dispose();
    this.current = chosen;
    this.death = null;
    void chosen.engine.lost.then((reason) => this.onLost(chosen.engine, reason));
  }

  /** Closes the backend for good. This does not count as a loss, so nothing recovers from it. */
  close(): void {
    const engine = this.current?.engine;
    this.current = null;
    engine?.dispose();
  }

  guard<T>(promise: Promise<T>): Promise<T> {
    // Promise.race with a promise that lives as long as the engine would keep every losing promise,
    // which leaks memory.
    return new Promise<T>((resolve, reject) => {
      this.onDeath.add(reject);
      promise.then(resolve, reject).finally(() => this.onDeath.delete(reject));
      if (this.death) reject(this.death);
    });
  }

  async isLoss(error: unknown): Promise<boolean> {
    if (error instanceof EngineLost || this.death) return true;
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('alive')), LOSS_DELAY_MS));
    return this.guard(late).catch((reason: unknown) => reason instanceof EngineLost);
  }

  recovered(): Promise<void> {
    return this.recovery;
  }

  private onLost(engine: Engine, reason: string): void {
    // An engine that was closed on purpose may report its end too.
    if (this.current?.engine !== engine) return;
    this.death = new EngineLost(`the graphics device was lost: ${reason}`, { remedy: 'Try again in a moment.' });
    this.recovery = this.recover(reason);
    // Code that waits for the recovery gets its failure. Often no code waits.
    this.recovery.catch(() => undefined);
    for (const reject of [...this.onDeath]) reject(this.death);
  }
}

/** For the `problem` event after a loss. */
export function describeRecovery(reason: string, info: BackendInfo, step: number | null): ReturnType<typeof reportOf> {
  const onto = info.backend === FALLBACK ? 'Training now runs on the CPU' : 'The device was set up again';
  const kept = step === null ? '' : ` with the weights of step ${step}`;
  return {
    what: `The graphics device was lost: ${reason}.`,
    where: {},
    remedy: `${onto}${kept}; nothing needs to be done.`,
  };
}
