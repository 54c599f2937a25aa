import type { LayerKernels } from './layer-kernels';

/** A layer that only reads the same numbers in another shape launches nothing. */
export const view: LayerKernels = { forward: () => [], backward: () => [] };
