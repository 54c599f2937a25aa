import type { GradientCheck } from '../../../train/wire/protocol';

type Tensor = GradientCheck['tensor'];

const SYMBOLS: Partial<Record<Tensor, string>> = {
  input: 'dL/dx',
  weight: 'dL/dW',
  bias: 'dL/db',
  gamma: 'dL/dγ',
  beta: 'dL/dβ',
};

/** A gradient in the notation of formulas. */
export const symbolOf = (tensor: Tensor) => SYMBOLS[tensor] ?? `dL/d(${tensor})`;
