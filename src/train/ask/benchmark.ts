import { liveSettingsOf } from '../../model/live-settings';
import { changeSettings, type TrainSettings } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import { requireRoom } from '../../model/cost';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import { initialWeights, type Weights } from '../../model/initialize';
import { PlaygroundError } from '../../errors';
import type { Engine } from '../../backend/engine';
import { checkCount } from '../session/check-count';
import { misfit, type LoadedData } from '../session/loaded-data';
import type { Session } from '../session/session';
import type { BenchmarkRequest, BenchmarkResult } from '../wire/protocol';
import { ChunkSizer, pumpSteps, type PumpOptions } from '../loop/pump';
import { StepCursor } from '../loop/step-cursor';
import { BatchPlan } from '../loop/batch-plan';

/** Steps before the clock starts: pipelines warm up, and chunks find their size. */
const WARM_UP_STEPS = 4;

/**
 * Times the training of a separate network on the data of the session.
 * @throws PlaygroundError while the session trains, or if model, settings and data do not fit.
 */
export async function benchmark(
  session: Session,
  { model: spec, batchSize, steps, optimizer }: BenchmarkRequest,
): Promise<BenchmarkResult> {
  const run = await session.settledRun().catch(() => null);
  if (run?.training)
    throw new PlaygroundError('the network is training.', { remedy: 'Pause it first, or both would be slow.' });
  const model = resolveModel(parseModelSpec(spec));
  checkCount(steps, 'steps');
  const settings = changeSettings(session.settings, { batchSize, optimizer });
  const { now, data, host } = session;
  if (!data)
    throw new PlaygroundError('there are no images to train on yet.', { remedy: 'Wait until the data set is loaded.' });
  const problem = misfit(model, data.dataset);
  if (problem) throw problem;
  requireRoom(host.engine.estimate(model, settings));
  const clock = { now, guard: <T>(promise: Promise<T>) => host.guard(promise) };
  return runBenchmark(host.engine, model, initialWeights(model, settings.seed), data, settings, steps, clock);
}

/**
 * Trains a separate network for a number of steps at full speed. Returns the time per step,
 * measured from the first submission to the last result.
 */
async function runBenchmark(
  engine: Engine,
  model: ResolvedModel,
  weights: Weights,
  data: LoadedData,
  settings: TrainSettings,
  steps: number,
  { guard, now }: Pick<PumpOptions, 'guard' | 'now'>,
): Promise<BenchmarkResult> {
  const network = await guard(engine.createNetwork(model, weights, settings));
  try {
    const cursor = new StepCursor(new BatchPlan(data.filledRows('train'), settings.batchSize, settings.seed));
    const live = liveSettingsOf(settings);
    const sizer = new ChunkSizer();
    let examples = 0;
    const runTo = (target: number) =>
      pumpSteps({
        network,
        sizer,
        guard,
        now,
        next: (most) => cursor.next(network, Math.min(most, target - cursor.submitted), () => live),
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
