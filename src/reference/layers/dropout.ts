import { sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import { dropThreshold } from '../../model/layers/dropout';
import { drawBits, drawKey } from '../../random-bits';
import type { ForwardPass, LayerMath } from '../layer-math';
import { copyNumbers, type Numbers } from '../numbers';

type Spec = Extract<LayerSpec, { kind: 'dropout' }>;

/**
 * In training y = x m / (1 - rate), where m is 0 with probability `rate` and 1 otherwise
 * (Srivastava et al. 2014, in the inverted form of Keras); in use y = x. It multiplies by m, so a
 * dropped NaN stays NaN.
 */
export const dropout: LayerMath<Spec> = {
  forward(pass) {
    drop(pass, pass.input, pass.output);
  },
  backward(pass) {
    if (pass.inputGradient) drop(pass, pass.outputGradient, pass.inputGradient);
  },
};

function drop({ spec: { rate }, inputShape, batch, mode, index }: ForwardPass<Spec>, from: Numbers, to: Numbers): void {
  const length = batch * sizeOf(inputShape);
  if (!mode.training) return copyNumbers(from, to, length);
  const key = drawKey(mode.seed, index, mode.step);
  const threshold = dropThreshold(rate);
  const scale = 1 / (1 - rate);
  for (let i = 0; i < length; i++) to[i] = (from[i] ?? NaN) * (drawBits(key, i) >= threshold ? scale : 0);
}
