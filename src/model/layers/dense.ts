import { activationField, type Activation } from '../activations';
import { kernelInitializerFields } from '../initializers';
import { perItem, splitsFor, type Dispatch, type LayerSite, type Tuning } from '../../plan/kernels/launch';
import { defineLayer } from '../layer-kind';
import { requireVector } from '../require-shape';

/** Keras `Dense` (https://keras.io/api/layers/core_layers/dense/): [in] -> [units]. */
export const dense = defineLayer({
  kind: 'dense',
  label: 'Dense',
  family: 'dense',
  help: 'Connects every input to every unit. The last one has a unit for each class.',
  fields: {
    units: {
      type: 'integer',
      label: 'Units',
      help: 'Number of outputs; in the last layer, the number of classes.',
      min: 1,
      max: 8192,
      default: 32,
    },
    useBias: { type: 'boolean', label: 'Bias', help: 'Adds one learned number to every unit.', default: true },
    activation: activationField,
    ...kernelInitializerFields,
  },
  outputShape({ units }, input) {
    requireVector(input);
    return [units];
  },
  weights({ units, useBias, kernelInitializer, kernelConstant }, input) {
    const fans = { fanIn: input[0], fanOut: units };
    const initializer = { kind: kernelInitializer, value: kernelConstant };
    const weight = { name: 'weight', shape: [input[0], units], initializer, ...fans } as const;
    const bias = { name: 'bias', shape: [units], initializer: { kind: 'zeros' }, ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  reach: () => ({ over: 'everything' }),
  formula: {
    forward: ['z[u] = b[u] + ∑ₖ x[k] · W[k, u]', 'y = φ(z)'],
    backward: [
      '∂L/∂z = ∂L/∂y · φ′(z)',
      '∂L/∂W[k, u] = x[k] · ∂L/∂z[u]',
      '∂L/∂b[u] = ∂L/∂z[u]',
      '∂L/∂x[k] = ∑ᵤ W[k, u] · ∂L/∂z[u]',
    ],
    where:
      'φ is the activation. Of softmax the layer stores the logits z; with the cross-entropy it gives ∂L/∂z[u] = p[u] − 1 for the true class, p[u] for the others.',
    source: {
      title: 'Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors',
      url: 'https://doi.org/10.1038/323533a0',
    },
  },
  multiplyAdds: ({ units }, input) => units * input[0],
  fusesActivation: true,
  forward(params, site) {
    const { batch, input, x, y } = site;
    const weight = site.weight('weight')!;
    const { invocations, ...kernel } = tiling('forward', batch, params.units, input[0], site.tuning);
    return [
      perItem(invocations, site.tuning, {
        label: `${site.id} forward`,
        ...kernel,
        constants: { ...constantsOf(params, site), ACTIVATION: site.activation },
        bindings: [
          [0, x, 'read_write'],
          [1, weight, 'read'],
          [2, site.weight('bias') ?? weight, 'read'],
          [3, y, 'read_write'],
        ],
      }),
    ];
  },
  backward(params, site) {
    return site.dx ? [weightGradient(params, site), inputGradient(params, site)] : [weightGradient(params, site)];
  },
});

interface Params {
  units: number;
  useBias: boolean;
  activation: Activation;
}

/**
 * Price of a round of the wide kernels on a software adapter, as measured, in rounds of the plain
 * ones.
 */
const WIDE_ROUND = 5;

/**
 * Which kernel computes a product of so many rows and columns over so many rounds of the sum, and
 * with how many invocations. Each computes a 4 x 4 tile; the wide kernels 8 x 8, four rounds at a
 * time and with rows rounded up to whole subgroups of 4.
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

function constantsOf({ units, useBias }: Params, { input }: LayerSite) {
  return { K: input[0], U: units, USE_BIAS: Number(useBias) };
}

function weightGradient(params: Params, site: LayerSite): Dispatch {
  const { batch, input, x, dz } = site;
  const { invocations, ...kernel } = tiling('weightGradient', input[0], params.units, batch, site.tuning);
  const splits = splitsFor(invocations, batch, site.tuning);
  return perItem(invocations * splits, site.tuning, {
    label: `${site.id} dL/dW`,
    ...kernel,
    constants: constantsOf(params, site),
    bindings: [
      [0, x, 'read_write'],
      [1, dz, 'read_write'],
      [2, site.partials('weight', splits), 'read_write'],
      [3, site.partials('bias', splits), 'read_write'],
    ],
  });
}

function inputGradient({ units }: Params, site: LayerSite): Dispatch {
  const { batch, input, dz, dx } = site;
  const weight = site.weight('weight')!;
  const { invocations, ...kernel } = tiling('inputGradient', batch, input[0], units, site.tuning);
  const transposed = kernel.entryPoint !== 'inputGradient';
  return perItem(invocations, site.tuning, {
    label: `${site.id} dL/dx`,
    ...kernel,
    constants: transposed
      ? { K: units, U: input[0], USE_BIAS: 0, ACTIVATION: 0, TRANSPOSED: 1 }
      : { K: input[0], U: units },
    bindings: transposed
      ? [
          [0, dz, 'read_write'],
          [1, weight, 'read'],
          [2, weight, 'read'], // in place of the bias
          [3, dx!, 'read_write'],
        ]
      : [
          [0, dz, 'read_write'],
          [1, weight, 'read'],
          [2, dx!, 'read_write'],
        ],
  });
}
