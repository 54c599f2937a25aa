import { channelsOf, imageOf, type Shape } from '../../model/shape';
import { dilatedSize } from '../../model/window';
import type { Dispatch, TensorRef } from '../dispatch';
import { perItem, splitsFor } from './launch';
import type { BackwardSite, ForwardSite, LayerKernels, SpecOf } from './layer-kernels';
import { windowConstants } from './window-constants';

type Spec = SpecOf<'depthwiseConv2d'>;

export const depthwiseConv2d: LayerKernels<Spec> = {
  forward(spec, site) {
    const { batch, output, x, y } = site;
    const weight = site.weight('weight');
    return [
      perItem(tiles(batch, output), site.tuning, {
        label: `${site.id} forward`,
        shader: 'depthwise-conv2d',
        entryPoint: 'forward',
        constants: { ...constantsOf(spec, site), ACTIVATION: site.activation },
        bindings: { x, weight, bias: site.optionalWeight('bias') ?? weight, y },
      }),
    ];
  },
  backward(spec, site) {
    return site.dx ? [weightGradient(spec, site), inputGradient(spec, site, site.dx)] : [weightGradient(spec, site)];
  },
};

/** Each invocation computes 4 neighbouring pixels of 4 channels. */
function tiles(batch: number, image: Shape): number {
  const [height, width, channels] = imageOf(image);
  return batch * height * Math.ceil(width / 4) * Math.ceil(channels / 4);
}

function constantsOf(spec: Spec, { input }: ForwardSite) {
  const { kernelSize, strides, padding, depthMultiplier, dilationRate, useBias } = spec;
  return {
    ...windowConstants({ size: dilatedSize(kernelSize, dilationRate), strides, padding }, input),
    KH: kernelSize[0],
    KW: kernelSize[1],
    DH: dilationRate[0],
    DW: dilationRate[1],
    M: depthMultiplier,
    USE_BIAS: Number(useBias),
  };
}

/** The launch for the partial sums of the gradients of weight and bias. */
function weightGradient(spec: Spec, site: BackwardSite): Dispatch {
  const { batch, output, x, dz } = site;
  const tilesPerPart = spec.kernelSize[0] * Math.ceil(spec.kernelSize[1] / 3) * Math.ceil(channelsOf(output) / 4);
  const splits = splitsFor(tilesPerPart, batch, site.tuning);
  return perItem(tilesPerPart * splits, site.tuning, {
    label: `${site.id} dL/dW`,
    shader: 'depthwise-conv2d',
    entryPoint: 'weightGradient',
    constants: constantsOf(spec, site),
    bindings: {
      x,
      dzIn: dz,
      weightPartials: site.partials('weight', splits),
      biasPartials: site.partials('bias', splits),
    },
  });
}

/** The launch for dL/dx. */
function inputGradient(spec: Spec, site: BackwardSite, dx: TensorRef): Dispatch {
  const { batch, input, dz } = site;
  const weight = site.weight('weight');
  const constants = constantsOf(spec, site);
  const launch = { label: `${site.id} dL/dx`, shader: 'depthwise-conv2d' };
  if (spec.depthMultiplier > 1 || spec.strides[0] > 1) {
    return perItem(tiles(batch, input), site.tuning, {
      ...launch,
      entryPoint: 'inputGradient',
      constants,
      bindings: { dz, weight, dx },
    });
  }
  return perItem(tiles(batch, input), site.tuning, {
    ...launch,
    entryPoint: 'forward',
    constants: flippedConstants(constants),
    // The kernel does not use the bias here, so any tensor can take its place.
    bindings: { x: dz, weight, bias: weight, y: dx },
  });
}

/**
 * With one filter per channel and strides of 1, dL/dx is dL/dz convolved with the flipped filter,
 * padded so that they meet the same cells.
 */
function flippedConstants(constants: ReturnType<typeof constantsOf>) {
  const { H, W, OH, OW, KH, KW, DH, DW, PT, PL } = constants;
  const flipped = { H: OH, W: OW, OH: H, OW: W, PT: (KH - 1) * DH - PT, PL: (KW - 1) * DW - PL };
  return { ...constants, ...flipped, PADDED: 1, USE_BIAS: 0, FLIPPED: 1 };
}
