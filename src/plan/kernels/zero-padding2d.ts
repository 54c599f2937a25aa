import { perItem } from './launch';
import type { ForwardSite, LayerKernels, SpecOf } from './layer-kernels';

/** Each invocation computes 4 numbers of a row: of the output forward, of the input backward. */
export const zeroPadding2d: LayerKernels<SpecOf<'zeroPadding2d'>> = {
  forward(spec, site) {
    const { id, batch, output, tuning, x, y } = site;
    return [
      perItem(batch * output[0] * Math.ceil((output[1] * output[2]) / 4), tuning, {
        label: `${id} forward`,
        shader: 'zero-padding2d',
        entryPoint: 'forward',
        constants: constantsOf(spec, site),
        bindings: { x, y },
      }),
    ];
  },
  backward(spec, site) {
    const { id, batch, input, tuning, dy, dx } = site;
    if (!dx) return [];
    return [
      perItem(batch * input[0] * Math.ceil((input[1] * input[2]) / 4), tuning, {
        label: `${id} dL/dx`,
        shader: 'zero-padding2d',
        entryPoint: 'inputGradient',
        constants: constantsOf(spec, site),
        bindings: { dy, dx },
      }),
    ];
  },
};

/**
 * Columns and channels are one: a row of the image is a run of numbers, with a run of zeros on
 * either side.
 */
function constantsOf({ padding: [[top], [left]] }: SpecOf<'zeroPadding2d'>, { input, output }: ForwardSite) {
  const channels = input[2];
  return {
    H: input[0],
    ROW: input[1] * channels,
    OH: output[0],
    OROW: output[1] * channels,
    TOP: top,
    LEFT: left * channels,
  };
}
