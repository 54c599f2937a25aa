import type { TrainSettings } from '../model/settings';
import type { StepRecord } from './program';
import type { StepRequest } from './engine';

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
export function stepRecord({ optimizer, seed }: TrainSettings, { step, offset, count, learningRate }: StepRequest): StepRecord {
  const place = { ...NO_STEP, offset, count, number: step, seed, learningRate };
  switch (optimizer.kind) {
    case 'sgd':
      return place;
    case 'momentum':
      return { ...place, momentum: optimizer.momentum };
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      // Both bias corrections in one factor, computed in float64 (Kingma & Ba 2015, end of section 2).
      const corrected = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      return { ...place, learningRate: corrected, momentum: beta1, beta2, epsilon };
    }
    default:
      return optimizer satisfies never;
  }
}
