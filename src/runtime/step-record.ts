import type { OptimizerSettings } from '../model/settings';
import type { StepRecord } from './program';
import type { StepRequest } from './engine';

/** The scalars of one step as the shaders read them. */
export function stepRecord(optimizer: OptimizerSettings, { step, offset, count, learningRate }: StepRequest): StepRecord {
  const place = { offset, count, number: step };
  switch (optimizer.kind) {
    case 'sgd':
      return { ...place, learningRate, momentum: 0, beta2: 0, epsilon: 0 };
    case 'momentum':
      return { ...place, learningRate, momentum: optimizer.momentum, beta2: 0, epsilon: 0 };
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
