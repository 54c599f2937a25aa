import { activationField, type Activation } from '../activations';
import { perItem, splitsFor, type LayerSite } from '../kernel';
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
  },
  outputShape({ units }, input) {
    requireVector(input);
    return [units];
  },
  weights({ units, useBias }, input) {
    const fans = { fanIn: input[0], fanOut: units };
    const weight = { name: 'weight', shape: [input[0], units], initializer: { kind: 'glorotUniform' }, ...fans } as const;
    const bias = { name: 'bias', shape: [units], initializer: { kind: 'zeros' }, ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  multiplyAdds: ({ units }, input) => units * input[0],
  fusesActivation: true,
  forward(params, site) {
    const { batch, x, y } = site;
    const weight = site.weight('weight')!;
    return [
      perItem(tiles(batch) * tiles(params.units), site.tuning, {
        label: `${site.id} forward`,
        shader: 'dense',
        entryPoint: 'forward',
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

/** Each invocation computes a 4 x 4 tile. */
const tiles = (n: number) => Math.ceil(n / 4);

function constantsOf({ units, useBias }: Params, { input }: LayerSite) {
  return { K: input[0], U: units, USE_BIAS: Number(useBias) };
}

function weightGradient(params: Params, site: LayerSite) {
  const { batch, input, x, dz } = site;
  const tilesPerPart = tiles(input[0]) * tiles(params.units);
  const splits = splitsFor(tilesPerPart, batch, site.tuning);
  return perItem(tilesPerPart * splits, site.tuning, {
    label: `${site.id} dL/dW`,
    shader: 'dense',
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

function inputGradient(params: Params, site: LayerSite) {
  const { batch, input, dz, dx } = site;
  return perItem(tiles(batch) * tiles(input[0]), site.tuning, {
    label: `${site.id} dL/dx`,
    shader: 'dense',
    entryPoint: 'inputGradient',
    constants: constantsOf(params, site),
    bindings: [
      [0, dz, 'read_write'],
      [1, site.weight('weight')!, 'read'],
      [2, dx!, 'read_write'],
    ],
  });
}
