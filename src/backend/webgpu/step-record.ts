import type { SettingsOf } from '../../model/optimizers';
import type { TrainSettings } from '../../model/settings';
import { MAX_STEPS_PER_SUBMIT } from '../../plan/update';
import type { StepRequest } from '../engine';
import { stepSource } from './shaders';
import { readScalars, writeScalars } from './wgsl';

/**
 * Scalars of a step by their names in step.wgsl, which declares them. A scalar that is left out is
 * 0. `packSteps` fills in the slot, which is the place of the step in its submit.
 */
export type StepRecord = Readonly<Record<string, number>>;

const LAYOUT = readScalars(stepSource, 'Step');

/** Bytes of `Step` in the shaders. */
export const STEP_BYTES = LAYOUT.size;

/** Bytes from one record to the next: WebGPU's alignment of dynamic uniform offsets. */
export const STEP_STRIDE = 256;

/** Bytes of the buffer that every program keeps for the records of a submit. */
export const STEPS_BYTES = STEP_STRIDE * MAX_STEPS_PER_SUBMIT;

/**
 * The records of one submit as the shaders read them.
 * @throws Error if a record names a scalar that step.wgsl does not.
 */
export function packSteps(steps: readonly StepRecord[]): ArrayBuffer {
  const buffer = new ArrayBuffer(STEP_STRIDE * steps.length);
  const view = new DataView(buffer);
  steps.forEach((step, slot) => writeScalars(LAYOUT, { ...step, slot }, view, slot * STEP_STRIDE));
  return buffer;
}

/** The scalars of one training step. */
export function stepRecord({ optimizer, seed, l2, globalClipnorm }: TrainSettings, request: StepRequest): StepRecord {
  const { step, offset, count, learningRate } = request;
  const place = { offset, count, number: step, seed, learningRate, l2, clipNorm: globalClipnorm };
  switch (optimizer.kind) {
    case 'sgd':
      return place;
    case 'momentum':
    case 'nesterov':
      return { ...place, momentum: optimizer.momentum };
    case 'rmsprop':
      return { ...place, fresh1: 1 - optimizer.rho, epsilon: optimizer.epsilon };
    case 'adagrad':
      // The sum on the GPU starts from 0. Its initial value is added where the sum is used.
      return { ...place, epsilon: optimizer.initialAccumulatorValue + optimizer.epsilon };
    case 'adam':
      return { ...place, ...adamScalars(optimizer, request) };
    case 'adamw':
      return { ...place, ...adamScalars(optimizer, request), weightDecay: learningRate * optimizer.weightDecay };
    default:
      return optimizer satisfies never;
  }
}

/**
 * Both bias corrections in one factor, computed in float64 (Kingma & Ba 2015, end of section 2).
 */
function adamScalars({ beta1, beta2, epsilon }: SettingsOf<'adam' | 'adamw'>, { step, learningRate }: StepRequest) {
  const corrected = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  return { learningRate: corrected, fresh1: 1 - beta1, fresh2: 1 - beta2, epsilon };
}
