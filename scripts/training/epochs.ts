import type { Split } from '../../src/data/dataset.ts';
import { PlaygroundError } from '../../src/errors.ts';
import type { Evaluation, TrainResult } from '../../src/train/wire/protocol.ts';
import { formatExact, formatNumber } from '../../src/ui/kit/words/format.ts';

/** A session in Node, or the page. */
export interface Trainable {
  /** Goes on for so many steps; resolves to one entry per step done. */
  train(steps: number): Promise<TrainResult>;
  evaluate(split: Split): Promise<Evaluation>;
}

export interface EpochFigures {
  /** From 1. */
  epoch: number;
  /** Steps done since the beginning of training. */
  step: number;
  /** Means over the steps of this epoch, each of a batch before its update. */
  loss: number;
  accuracy: number;
  /** L2 norm of the gradients of a layer's weights, likewise. */
  gradientNorms: Record<string, number>;
  msPerStep: number;
  validation: Evaluation;
}

/** How long to train, and what an epoch is. */
export interface TrainingLength {
  steps: number;
  stepsPerEpoch: number;
  batchSize: number;
}

/**
 * Trains epoch by epoch, the last one as far as the steps go; ends early where training was paused.
 * @throws PlaygroundError where a number was no longer finite.
 */
export async function* trainInEpochs(
  target: Trainable,
  { steps, stepsPerEpoch, batchSize }: TrainingLength,
): AsyncGenerator<EpochFigures> {
  for (let step = 0, epoch = 1; step < steps; epoch++) {
    const wanted = Math.min(stepsPerEpoch, steps - step);
    const result = await target.train(wanted);
    if (result.halted) throw haltedError(result.halted);
    step += result.steps;
    if (result.steps > 0) {
      const norms = Object.entries(result.gradientNorms).map(([layer, values]) => [layer, mean(values)] as const);
      yield {
        epoch,
        step,
        loss: mean(result.loss),
        accuracy: mean(result.accuracy),
        gradientNorms: Object.fromEntries(norms),
        msPerStep: (1000 * batchSize) / result.examplesPerSecond,
        validation: await target.evaluate('validation'),
      };
    }
    if (result.steps < wanted) return;
  }
}

/** Lines for a person. */
export function describeEpoch({ epoch, step, validation, gradientNorms, ...means }: EpochFigures): string[] {
  const norms = Object.entries(gradientNorms).map(([layer, norm]) => `${layer} ${formatNumber(norm)}`);
  return [
    `epoch ${epoch}, step ${formatExact(step)}: ${inWords(means)}, ${means.msPerStep.toFixed(1)} ms per step`,
    `  gradient norms: ${norms.join(', ')}`,
    `  validation: ${inWords(validation)}`,
  ];
}

/** `loss 0.0612, accuracy 98.09 %` */
export function inWords({ loss, accuracy }: { loss: number; accuracy: number }): string {
  return `loss ${loss.toFixed(4)}, accuracy ${(100 * accuracy).toFixed(2)} %`;
}

function haltedError({ error }: NonNullable<TrainResult['halted']>): PlaygroundError {
  return new PlaygroundError(`training halted: ${error.what}`, { remedy: error.remedy });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
