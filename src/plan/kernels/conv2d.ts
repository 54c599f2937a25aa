import { imageOf } from '../../model/shape';
import { dilatedSize } from '../../model/window';
import type { Dispatch, TensorRef } from '../dispatch';
import { forwardKernel, inputGradientKernel, weightGradientKernel } from './conv2d-tilings';
import { perItem, splitsFor } from './launch';
import type { BackwardSite, ForwardSite, LayerKernels, SpecOf } from './layer-kernels';
import { windowConstants } from './window-constants';

type Spec = SpecOf<'conv2d'>;

export const conv2d: LayerKernels<Spec> = {
  forward(spec, site) {
    const { x, y } = site;
    const weight = site.weight('weight');
    const { invocations, ...kernel } = forwardKernel(geometryOf(spec, site), site.tuning);
    return [
      perItem(invocations, site.tuning, {
        label: `${site.id} forward`,
        ...kernel,
        constants: { ...constantsOf(spec, site), ACTIVATION: site.activation },
        bindings: { x, weight, bias: site.optionalWeight('bias') ?? weight, y },
      }),
    ];
  },
  backward(spec, site) {
    return site.dx ? [weightGradient(spec, site), inputGradient(spec, site, site.dx)] : [weightGradient(spec, site)];
  },
};

function geometryOf({ kernelSize, strides, dilationRate }: Spec, { batch, input, output }: ForwardSite) {
  return { batch, input: imageOf(input), output: imageOf(output), kernelSize, strides, dilationRate };
}

function constantsOf({ filters, kernelSize, strides, padding, dilationRate, useBias }: Spec, { input }: ForwardSite) {
  return {
    ...windowConstants({ size: dilatedSize(kernelSize, dilationRate), strides, padding }, input),
    F: filters,
    KH: kernelSize[0],
    KW: kernelSize[1],
    DH: dilationRate[0],
    DW: dilationRate[1],
    USE_BIAS: Number(useBias),
  };
}

function weightGradient(spec: Spec, site: BackwardSite): Dispatch {
  const { batch, x, dz } = site;
  const { invocations, ...kernel } = weightGradientKernel(geometryOf(spec, site), site.tuning);
  const splits = splitsFor(invocations, batch, site.tuning);
  return perItem(invocations * splits, site.tuning, {
    label: `${site.id} dL/dW`,
    ...kernel,
    constants: constantsOf(spec, site),
    bindings: {
      x,
      dzIn: dz,
      weightPartials: site.partials('weight', splits),
      biasPartials: site.partials('bias', splits),
    },
  });
}

function inputGradient(spec: Spec, site: BackwardSite, dx: TensorRef): Dispatch {
  const { dz } = site;
  const weight = site.weight('weight');
  const { invocations, ...kernel } = inputGradientKernel(geometryOf(spec, site), site.tuning);
  const constants = constantsOf(spec, site);
  const launch = { label: `${site.id} dL/dx`, ...kernel };
  if (kernel.shader !== 'conv2d-strips') {
    return perItem(invocations, site.tuning, { ...launch, constants, bindings: { dz, weight, dx } });
  }
  return perItem(invocations, site.tuning, {
    ...launch,
    constants: flippedConstants(constants),
    // The kernel does not use the bias here, so any tensor can take its place.
    bindings: { x: dz, weight, bias: weight, y: dx },
  });
}

/**
 * The convolution from dz to dx that computes dL/dx if the strides are 1. Its padding makes the
 * kernels meet the same cells.
 */
function flippedConstants(constants: ReturnType<typeof constantsOf>) {
  const { H, W, C, OH, OW, F, KH, KW, DH, DW, PT, PL } = constants;
  const flipped = { H: OH, W: OW, C: F, OH: H, OW: W, F: C, PT: (KH - 1) * DH - PT, PL: (KW - 1) * DW - PL };
  return { ...constants, ...flipped, USE_BIAS: 0, ACTIVATION: 0, FLIPPED: 1 };
}
