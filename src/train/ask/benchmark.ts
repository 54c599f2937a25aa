import type { TrainSettings } from '../../model/settings';
import type { ResolvedModel } from '../../model/resolve';
import type { Weights } from '../../model/initialize';
import { PlaygroundError } from '../../errors';
import type { Engine } from '../../backend/engine';
import type { LoadedData } from '../session/loaded-data';
import type { Requests } from '../wire/protocol';
import { ChunkSizer, pumpSteps, type PumpOptions } from '../loop/pump';
import { StepCursor } from '../loop/step-cursor';
import { BatchPlan } from '../loop/batch-plan';

/** Steps before the clock starts: pipelines warm up, and chunks find their size. */
const WARM_UP_STEPS = 4;

/**
 * Trains a network of its own for so many steps, as fast as it goes, and tells the time of a step
 * from first submission to last result.
 */
export async function runBenchmark(
  engine: Engine,
  model: ResolvedModel,
  weights: Weights,
  data: LoadedData,
  settings: TrainSettings,
  steps: number,
  { guard, now }: Pick<PumpOptions, 'guard' | 'now'>,
): Promise<Requests['benchmark']['result']> {
  const network = await guard(engine.createNetwork(model, weights, settings));
  try {
    const cursor = new StepCursor(new BatchPlan(data.filledRows('train'), settings.batchSize, settings.seed));
    const sizer = new ChunkSizer();
    let examples = 0;
    const runTo = (target: number) =>
      pumpSteps({
        network,
        sizer,
        guard,
        now,
        next: (most) =>
          cursor.next(network, Math.min(most, target - cursor.submitted), settings.optimizer.learningRate),
        done: (_results, requests) => (examples += requests.reduce((sum, { count }) => sum + count, 0)),
      });
    await runTo(WARM_UP_STEPS);
    examples = 0;
    const start = now();
    await runTo(WARM_UP_STEPS + steps);
    const ms = now() - start;
    return {
      msPerStep: ms / steps,
      examplesPerSecond: (examples / ms) * 1000,
      dispatchesPerStep: network.dispatchesPerStep,
    };
  } finally {
    network.dispose();
  }
}

/** @throws PlaygroundError unless it is a whole number of at least 1. */
export function checkCount(value: number, field: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new PlaygroundError(`${String(value)} is not a whole number of at least 1.`, { where: { field } });
}
