import { PlaygroundError, reportOf } from '../errors';
import { FALLBACK, type BackendChoice } from './backends';
import type { BackendInfo, Engine } from './engine';
import { chooseEngine, type ChosenEngine, type EngineFactories } from './open-backend';

/** Thrown through everything that waits for a backend when that backend has died. */
export class EngineLost extends PlaygroundError {}

/** What a run must know about the life of its backend. */
export interface BackendWatch {
  /**
   * The promise, or a rejection as soon as the backend dies: a dead device may leave promises
   * pending for ever.
   */
  guard<T>(promise: Promise<T>): Promise<T>;
  /**
   * Did this failure come from the death of the backend? Waits a little, for the cause may be
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

  /** @param recover called once for each loss, to replace the engine and all that stood on it */
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

  /** Makes the backend asked for; {@link adopt} puts it in the place of the present one. */
  create(wanted: BackendChoice): Promise<ChosenEngine> {
    return chooseEngine(wanted, this.factories);
  }

  /** The backend to go on with after a loss: the same once more, but the fallback if that fails too. */
  async createReplacement(reason: string): Promise<ChosenEngine> {
    const again = this.now() - this.lastLoss < PATIENCE_MS;
    const lost = this.info?.backend ?? FALLBACK;
    this.lastLoss = this.now();
    const note = `Training runs on the CPU, which is slower: the graphics device was lost (${reason}). Load the page again to try WebGPU once more.`;
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

  /** Closes the backend for good, which is no loss to recover from. */
  close(): void {
    const engine = this.current?.engine;
    this.current = null;
    engine?.dispose();
  }

  guard<T>(promise: Promise<T>): Promise<T> {
    // Not Promise.race with one promise that lives as long as the engine: it would keep every
    // loser, and leak.
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
    // An engine that was put away on purpose may report its end too.
    if (this.current?.engine !== engine) return;
    this.death = new EngineLost(`the graphics device was lost: ${reason}`, { remedy: 'Try again in a moment.' });
    this.recovery = this.recover(reason);
    // Whoever waits for the recovery hears of its failure; often nobody does.
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
