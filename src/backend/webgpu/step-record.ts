import type { SettingsOf } from '../../model/optimizers';
import type { TrainSettings } from '../../model/settings';
import type { StepRecord } from './program';
import type { StepRequest } from '../engine';

/** The step of a pass that trains nothing. */
export const NO_STEP: StepRecord = {
  offset: 0,
  count: 0,
  number: 0,
  seed: 0,
  learningRate: 0,
  momentum: 0,
  beta2: 0,
  epsilon: 0,
  weightDecay: 0,
  l2: 0,
  clipNorm: 0,
};

/** The scalars of one step as the shaders read them. */
export function stepRecord({ optimizer, seed, l2, globalClipnorm }: TrainSettings, request: StepRequest): StepRecord {
  const { step, offset, count, learningRate } = request;
  const place = { ...NO_STEP, offset, count, number: step, seed, learningRate, l2, clipNorm: globalClipnorm };
  switch (optimizer.kind) {
    case 'sgd':
      return place;
    case 'momentum':
    case 'nesterov':
      return { ...place, momentum: optimizer.momentum };
    case 'rmsprop':
      return { ...place, momentum: optimizer.rho, epsilon: optimizer.epsilon };
    case 'adagrad':
      // The sum on the GPU starts from 0: what it is to start from is added where it is used.
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
  return { learningRate: corrected, momentum: beta1, beta2, epsilon };
}
