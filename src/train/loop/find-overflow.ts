import { at } from '../../at';
import type { Dataset } from '../../data/dataset';
import { PlaygroundError, reportOf } from '../../errors';
import type { Tensor } from '../../model/initialize';
import type { ResolvedModel } from '../../model/resolve';
import type { NormSlot } from '../../model/norm-slots';
import type { BackwardResult, Network, StepResult } from '../../backend/engine';
import type { Batch } from './batch-plan';
import { imagesOfBatch } from './pixels';
import type { TrainResult } from '../wire/protocol';
import type { RunContext } from './run-context';

/**
 * Number of images to look at together. The outputs of all layers for a whole batch might not fit
 * in memory.
 */
const CHUNK = 64;

/** The largest float32, in which norms are reported: about 3.4e38. */
export const LARGEST_NORM = (2 - 2 ** -23) * 2 ** 127;

export interface Overflow {
  /** Index of the layer where the first non-finite number appeared. */
  layer: number;
  /**
   * Did the number appear in the forward pass, only in the gradients, or only in their norm? Finite
   * gradients can have an L2 norm above {@link LARGEST_NORM}.
   */
  where: 'outputs' | 'gradients' | 'norm';
}

/**
 * Finds where a step went wrong, by running the step again with the weights from before it. Returns
 * the first layer in forward order whose output is not finite, else the first in backward order
 * whose gradients are not finite, else the first in backward order whose gradient norm was not
 * finite. Returns null if everything is finite this time.
 */
export async function findOverflow(
  network: Network,
  model: ResolvedModel,
  dataset: Dataset,
  batch: Batch,
  result: StepResult,
): Promise<Overflow | null> {
  let [forward, backward] = [Infinity, -1];
  for (let start = 0; start < batch.rows.length; start += CHUNK) {
    const { images, labels } = imagesOfBatch(dataset, batch, start, start + CHUNK);
    const pass = await network.backward(images, labels, true, result.step);
    const bad = pass.outputs.findIndex((output) => !allFinite(output));
    if (bad >= 0) forward = Math.min(forward, bad);
    backward = Math.max(backward, pass.layers.findLastIndex(hasBadGradient));
  }
  if (forward < Infinity) return { layer: forward, where: 'outputs' };
  if (backward >= 0) return { layer: backward, where: 'gradients' };
  const layer = lastBadNorm(model, network.normSlots, result);
  return layer >= 0 ? { layer, where: 'norm' } : null;
}

/** Explains why a run stopped at a step (from 1) whose result was not finite. */
export async function explainHalt(
  network: Network,
  { model, dataset, plan, liveSettings }: RunContext,
  step: number,
  result: StepResult,
): Promise<NonNullable<TrainResult['halted']>> {
  const overflow = await findOverflow(network, model, dataset, plan.batchOf(step), result);
  const error = reportOf(overflowError(overflow, model, step, liveSettings().learningRate));
  return { step, layer: overflow ? at(model.layers, overflow.layer).id : '', error };
}

/** What to tell the person: step, layer, likely cause, remedy. */
export function overflowError(
  overflow: Overflow | null,
  model: ResolvedModel,
  step: number,
  learningRate: number,
): PlaygroundError {
  const kept = step > 1 ? `The weights of step ${step - 1} are kept.` : 'The initial weights are kept.';
  const goOn =
    `${kept} Lower the learning rate (now ${readable(learningRate)}) ` +
    'and press play to go on from there, or reset.';
  if (!overflow) return new PlaygroundError(`Step ${step}: the loss was no longer a finite number.`, { remedy: goOn });
  const layer = at(model.layers, overflow.layer).id;
  const overflowed = 'overflowed (NaN or infinity)';
  if (overflow.where === 'norm') {
    const what =
      `Step ${step}: the gradients of ${layer} are finite, but so large (an L2 norm above ${LIMIT}) that their norm ` +
      'overflows float32.';
    return new PlaygroundError(what, { where: { layer }, remedy: goOn });
  }
  if (overflow.where === 'gradients') {
    return new PlaygroundError(`Step ${step}: the gradients of ${layer} ${overflowed}.`, {
      where: { layer },
      remedy: goOn,
    });
  }
  return new PlaygroundError(`Step ${step}: the outputs of ${layer} ${overflowed}.`, {
    where: { layer },
    remedy:
      `${kept} They have grown too large already: lower the learning rate (now ` +
      `${readable(learningRate)}), then reset.`,
  });
}

const LIMIT = LARGEST_NORM.toExponential(1).replace('+', '');

const readable = (value: number) => (value >= 1e5 || value < 1e-4 ? value.toExponential() : String(value));

const allFinite = (tensor: Tensor | undefined) => !tensor || tensor.data.every(Number.isFinite);

function hasBadGradient({ input, ...tensors }: BackwardResult['layers'][number]): boolean {
  return !Object.values(tensors).every(allFinite);
}

function lastBadNorm(model: ResolvedModel, slots: readonly NormSlot[], { norms }: StepResult): number {
  return model.layers.findLastIndex(({ id }) =>
    slots.some(({ layer }, i) => layer === id && !Number.isFinite(norms[i])),
  );
}
