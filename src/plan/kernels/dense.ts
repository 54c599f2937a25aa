import { channelsOf } from '../../model/shape';
import type { Dispatch, TensorRef, Tuning } from '../dispatch';
import { perItem, splitsFor } from './launch';
import type { BackwardSite, ForwardSite, LayerKernels, SpecOf } from './layer-kernels';

type Spec = SpecOf<'dense'>;

export const dense: LayerKernels<Spec> = {
  forward(spec, site) {
    const { batch, input, x, y } = site;
    const weight = site.weight('weight');
    const { invocations, ...kernel } = tiling('forward', batch, spec.units, channelsOf(input), site.tuning);
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

/**
 * Measured price of a round of the wide kernels on a software adapter, in rounds of the plain
 * kernels.
 */
const WIDE_ROUND = 5;

/**
 * Chooses the kernel for a product with these rows, columns and rounds of the sum, and its number
 * of invocations. Each invocation computes a 4 x 4 tile. The wide kernels compute 8 x 8, four
 * rounds at a time, with rows rounded up to whole subgroups of 4.
 */
function tiling(
  name: 'forward' | 'inputGradient' | 'weightGradient',
  rows: number,
  columns: number,
  rounds: number,
  tuning: Tuning,
) {
  const plain = Math.ceil(rows / 4) * Math.ceil(columns / 4);
  const wide = Math.ceil(rows / 32) * 4 * Math.ceil(columns / 8);
  if (tuning.subgroupsOf4 && wide * Math.ceil(rounds / 4) * WIDE_ROUND < plain * rounds) {
    // The input gradient is a forward pass with the weights transposed.
    const entryPoint = name === 'weightGradient' ? 'wideWeightGradient' : 'wideForward';
    return { invocations: wide, shader: 'dense-subgroups', entryPoint };
  }
  return { invocations: plain, shader: 'dense', entryPoint: name };
}

function constantsOf({ units, useBias }: Spec, { input }: ForwardSite) {
  return { K: channelsOf(input), U: units, USE_BIAS: Number(useBias) };
}

function weightGradient(spec: Spec, site: BackwardSite): Dispatch {
  const { batch, input, x, dz } = site;
  const { invocations, ...kernel } = tiling('weightGradient', channelsOf(input), spec.units, batch, site.tuning);
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

function inputGradient({ units }: Spec, site: BackwardSite, dx: TensorRef): Dispatch {
  const { batch, dz } = site;
  const inputs = channelsOf(site.input);
  const weight = site.weight('weight');
  const { invocations, ...kernel } = tiling('inputGradient', batch, inputs, units, site.tuning);
  const launch = { label: `${site.id} dL/dx`, ...kernel };
  if (kernel.entryPoint === 'inputGradient') {
    const constants = { K: inputs, U: units };
    return perItem(invocations, site.tuning, { ...launch, constants, bindings: { dz, weight, dx } });
  }
  const transposed = { K: units, U: inputs, USE_BIAS: 0, ACTIVATION: 0, TRANSPOSED: 1 };
  return perItem(invocations, site.tuning, {
    ...launch,
    constants: transposed,
    // The kernel does not use the bias here, so any tensor can take its place.
    bindings: { x: dz, weight, bias: weight, y: dx },
  });
}
