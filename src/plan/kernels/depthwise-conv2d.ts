import { perItem, splitsFor, type Dispatch, type LayerSite } from './launch';
import { dilatedSize, windowConstants, type Padding } from '../../model/window';

/** What the kernels of depthwise-conv2d.wgsl need to know of a layer. */
export interface DepthwiseParams {
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  depthMultiplier: number;
  dilationRate: readonly [number, number];
  useBias: boolean;
}

/** Each invocation computes 4 neighbouring pixels of 4 channels. */
function tiles(batch: number, [height, width, channels]: readonly number[]): number {
  return batch * height * Math.ceil(width / 4) * Math.ceil(channels / 4);
}

function constantsOf(params: DepthwiseParams, { input }: LayerSite) {
  const { kernelSize, strides, padding, depthMultiplier, dilationRate, useBias } = params;
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

/** The launch for y = activation(x convolved with the filters + bias). */
export function depthwiseForward(params: DepthwiseParams, site: LayerSite): Dispatch {
  const { batch, output, x, y } = site;
  const weight = site.weight('weight')!;
  return perItem(tiles(batch, output), site.tuning, {
    label: `${site.id} forward`,
    shader: 'depthwise-conv2d',
    entryPoint: 'forward',
    constants: { ...constantsOf(params, site), ACTIVATION: site.activation },
    bindings: [
      [0, x, 'read_write'],
      [1, weight, 'read'],
      [2, site.weight('bias') ?? weight, 'read'],
      [3, y, 'read_write'],
    ],
  });
}

/** The launch for the partial sums of the gradients of weight and bias. */
export function depthwiseWeightGradient(params: DepthwiseParams, site: LayerSite): Dispatch {
  const { batch, output, x, dz } = site;
  const tilesPerPart = params.kernelSize[0] * Math.ceil(params.kernelSize[1] / 3) * Math.ceil(output[2] / 4);
  const splits = splitsFor(tilesPerPart, batch, site.tuning);
  return perItem(tilesPerPart * splits, site.tuning, {
    label: `${site.id} dL/dW`,
    shader: 'depthwise-conv2d',
    entryPoint: 'weightGradient',
    constants: constantsOf(params, site),
    bindings: [
      [0, x, 'read_write'],
      [1, dz, 'read_write'],
      [2, site.partials('weight', splits), 'read_write'],
      [3, site.partials('bias', splits), 'read_write'],
    ],
  });
}

/** The launch for dL/dx. */
export function depthwiseInputGradient(params: DepthwiseParams, site: LayerSite): Dispatch {
  const { batch, input, dz, dx } = site;
  const weight = site.weight('weight')!;
  const constants = constantsOf(params, site);
  const launch = { label: `${site.id} dL/dx`, shader: 'depthwise-conv2d' };
  if (params.depthMultiplier > 1 || params.strides[0] > 1) {
    return perItem(tiles(batch, input), site.tuning, {
      ...launch,
      entryPoint: 'inputGradient',
      constants,
      bindings: [
        [0, dz, 'read_write'],
        [1, weight, 'read'],
        [2, dx!, 'read_write'],
      ],
    });
  }
  return perItem(tiles(batch, input), site.tuning, {
    ...launch,
    entryPoint: 'forward',
    constants: flippedConstants(constants),
    bindings: [
      [0, dz, 'read_write'],
      [1, weight, 'read'],
      [2, weight, 'read'], // in place of the bias
      [3, dx!, 'read_write'],
    ],
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
