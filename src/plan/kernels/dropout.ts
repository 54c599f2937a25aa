import { dropThreshold } from '../../model/layers/dropout';
import type { Dispatch, TensorRef } from '../dispatch';
import { perItem, wholeVec4s } from './launch';
import type { ForwardSite, LayerKernels, SpecOf } from './layer-kernels';

export const dropout: LayerKernels<SpecOf<'dropout'>> = {
  forward: (spec, site) => [drop(`${site.id} forward`, spec.rate, site.x, site.y, site)],
  backward: (spec, site) => (site.dx ? [drop(`${site.id} dL/dx`, spec.rate, site.dy, site.dx, site)] : []),
};

/** Forward and backward are the same: each number is dropped or scaled. */
function drop(label: string, rate: number, from: TensorRef, to: TensorRef, { index, tuning }: ForwardSite): Dispatch {
  return perItem(Math.ceil(to.length / 4), tuning, {
    label,
    shader: 'dropout',
    entryPoint: 'drop',
    constants: { LAYER: index, THRESHOLD: dropThreshold(rate), SCALE: 1 / (1 - rate) },
    bindings: { x: wholeVec4s(from), y: wholeVec4s(to) },
  });
}
