import type { WeightName } from '../../../model/shape';

/** What the tensors of a layer are called: symbols of value and gradient, and a name in words. */
export const TENSOR_NAMES: Record<WeightName, { value: string; gradient: string; words: string }> = {
  weight: { value: 'Weights W', gradient: '∂L/∂W', words: 'weights' },
  bias: { value: 'Biases b', gradient: '∂L/∂b', words: 'biases' },
  gamma: { value: 'Scale γ', gradient: '∂L/∂γ', words: 'scale gamma' },
  beta: { value: 'Offset β', gradient: '∂L/∂β', words: 'offset beta' },
  movingMean: { value: 'Running mean', gradient: '', words: 'running mean' },
  movingVariance: { value: 'Running variance', gradient: '', words: 'running variance' },
};
