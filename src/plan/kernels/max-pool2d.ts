import { windowsAreApart, type PoolingParams } from '../../model/pooling';
import { imageOf } from '../../model/shape';
import type { Dispatch, TensorRef } from '../dispatch';
import { perItem } from './launch';
import type { BackwardSite, ForwardSite, LayerKernels, SpecOf } from './layer-kernels';
import { poolingConstants } from './window-constants';

export const maxPool2d: LayerKernels<SpecOf<'maxPool2d'>> = {
  forward(spec, site) {
    const { id, batch, input, output, tuning, x, y } = site;
    const [height, width, channels] = imageOf(output);
    return [
      perItem(batch * height * width * Math.ceil(channels / 4), tuning, {
        label: `${id} forward`,
        shader: 'max-pool2d',
        entryPoint: 'forward',
        constants: poolingConstants(spec, input),
        bindings: { x, y, winner: winners(spec, site) },
      }),
    ];
  },
  backward(spec, site) {
    if (!site.dx) return [];
    return [windowsAreApart(spec) ? gradientApart(spec, site, site.dx) : gradientOverlapping(spec, site, site.dx)];
  },
};

/** The window cell that each output comes from, as bytes if they suffice, else half-words. */
function winners({ poolSize }: PoolingParams, { batch, output, workspace }: ForwardSite): TensorRef {
  const [height, width, channels] = imageOf(output);
  const words = Math.ceil(channels / 4) * (poolSize[0] * poolSize[1] <= 256 ? 1 : 2);
  return workspace('winner', batch * height * width * words);
}

/** Each invocation takes 4 channels of a window and its share of the cells between windows. */
function gradientApart(params: PoolingParams, site: BackwardSite, dx: TensorRef): Dispatch {
  const { batch, input, y, dy } = site;
  const constants = poolingConstants(params, input);
  const [height, width, channels] = imageOf(input);
  const blocks = Math.ceil((height + constants.PT) / constants.SH) * Math.ceil((width + constants.PL) / constants.SW);
  return perItem(batch * blocks * Math.ceil(channels / 4), site.tuning, {
    label: `${site.id} dL/dx`,
    shader: 'max-pool2d',
    entryPoint: 'inputGradientApart',
    constants: { ...constants, ACTIVATION: site.inputActivation },
    bindings: { dy, winnerIn: winners(params, site), dx, yIn: y },
  });
}

/** Each invocation adds up for 4 channels of an input pixel. */
function gradientOverlapping(params: PoolingParams, site: BackwardSite, dx: TensorRef): Dispatch {
  const { batch, input, dy } = site;
  const [height, width, channels] = imageOf(input);
  return perItem(batch * height * width * Math.ceil(channels / 4), site.tuning, {
    label: `${site.id} dL/dx`,
    shader: 'max-pool2d',
    entryPoint: 'inputGradient',
    constants: poolingConstants(params, input),
    bindings: { dy, winnerIn: winners(params, site), dx },
  });
}
