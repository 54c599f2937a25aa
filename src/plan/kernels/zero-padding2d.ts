import { imageOf } from '../../model/shape';
import { perItem } from './launch';
import type { ForwardSite, LayerKernels, SpecOf } from './layer-kernels';

/** Each invocation computes 4 numbers of a row: of the output forward, of the input backward. */
export const zeroPadding2d: LayerKernels<SpecOf<'zeroPadding2d'>> = {
  forward(spec, site) {
    const { id, batch, tuning, x, y } = site;
    const [height, width, channels] = imageOf(site.output);
    return [
      perItem(batch * height * Math.ceil((width * channels) / 4), tuning, {
        label: `${id} forward`,
        shader: 'zero-padding2d',
        entryPoint: 'forward',
        constants: constantsOf(spec, site),
        bindings: { x, y },
      }),
    ];
  },
  backward(spec, site) {
    const { id, batch, tuning, dy, dx } = site;
    if (!dx) return [];
    const [height, width, channels] = imageOf(site.input);
    return [
      perItem(batch * height * Math.ceil((width * channels) / 4), tuning, {
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
  const [height, width, channels] = imageOf(input);
  const [paddedHeight, paddedWidth] = imageOf(output);
  return {
    H: height,
    ROW: width * channels,
    OH: paddedHeight,
    OROW: paddedWidth * channels,
    TOP: top,
    LEFT: left * channels,
  };
}
