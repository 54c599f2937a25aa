import { PUMP } from '../../pace';
import type { Network, StepRequest, StepResult } from '../../backend/engine';

/** Chooses how many steps to submit at once from how long steps have taken. */
export class ChunkSizer {
  size = 1;

  /**
   * The size at most doubles at a time, because the first steps include the warm-up, and one fast
   * chunk proves little.
   */
  measure(steps: number, ms: number): void {
    const fitting = Math.floor((PUMP.chunkMs * steps) / Math.max(ms, 0.01));
    this.size = Math.max(1, Math.min(fitting, this.size * 2, PUMP.mostSteps));
  }
}

export interface PumpOptions {
  network: Network;
  sizer: ChunkSizer;
  /** The next steps, at most `most`. If there are none, the pump runs dry and returns. */
  next: (most: number) => StepRequest[];
  /** @param ms time of these steps alone, without the wait for earlier steps */
  done: (results: StepResult[], requests: StepRequest[], ms: number) => void;
  /** Makes a promise reject when the backend dies, because a dead device may never answer. */
  guard: <T>(promise: Promise<T>) => Promise<T>;
  now: () => number;
}

/**
 * Runs steps until `next` returns none, and keeps two chunks in flight.
 * @throws what the network or `guard` rejects with. Results that are still in flight are then
 * ignored.
 */
export async function pumpSteps({ network, sizer, next, done, guard, now }: PumpOptions): Promise<void> {
  const inFlight: { submitted: number; requests: StepRequest[]; results: Promise<StepResult[]> }[] = [];
  let lastDone = -Infinity;
  for (;;) {
    while (inFlight.length < PUMP.chunksInFlight) {
      const requests = next(sizer.size);
      if (requests.length === 0) break;
      const submitted = now();
      const results = network.trainSteps(requests);
      // If the chunk before this one fails, nobody waits for this one any more, and its failure has
      // the same cause.
      results.catch(() => undefined);
      inFlight.push({ submitted, requests, results });
    }
    const oldest = inFlight.shift();
    if (!oldest) return;
    const results = await guard(oldest.results);
    const ms = now() - Math.max(lastDone, oldest.submitted);
    lastDone = now();
    sizer.measure(results.length, ms);
    done(results, oldest.requests, ms);
  }
}
