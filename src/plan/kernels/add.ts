import { required } from '../../errors';
import type { LayerKernels, SpecOf } from './layer-kernels';
import { sumOf } from './sum';

/** The backward pass launches nothing: dL/dx and the gradient of the skip connection are dL/dy. */
export const add: LayerKernels<SpecOf<'add'>> = {
  forward: (_spec, { id, x, skip, y, tuning }) => [
    sumOf(`${id} forward`, x, required(skip, `second input of ${id}`), y, tuning),
  ],
  backward: () => [],
};
