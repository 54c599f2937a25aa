import { activationField, type Activation } from '../activations';
import { kernelInitializerFields } from '../initializers';
import { perItem, splitsFor, type LayerSite, type Tuning } from '../kernel';
import { defineLayer } from '../layer-kind';
import { requireImage } from '../require-shape';
import { PADDINGS, windowAxis, windowConstants, type Padding } from '../window';

/** Keras `Conv2D` (https://keras.io/api/layers/convolution_layers/convolution2d/): [H, W, C] -> [H', W', filters]. */
export const conv2d = defineLayer({
  kind: 'conv2d',
  label: 'Conv2D',
  family: 'convolution',
  help: 'Slides small learned filters over the image: each filter answers to one pattern, wherever it is.',
  fields: {
    filters: {
      type: 'integer',
      label: 'Filters',
      help: 'How many patterns the layer learns: its output channels.',
      min: 1,
      max: 1024,
      default: 8,
    },
    kernelSize: {
      type: 'pair',
      label: 'Kernel size',
      help: 'Height and width of each filter, in pixels.',
      min: 1,
      max: 64,
      default: [3, 3],
    },
    strides: {
      type: 'pair',
      label: 'Strides',
      help: 'Pixels the filter moves between two outputs, down and across.',
      min: 1,
      max: 64,
      default: [1, 1],
    },
    padding: {
      type: 'choice',
      label: 'Padding',
      help: '"valid" stays inside the image and shrinks it; "same" pads with zeros so that stride 1 keeps its size.',
      options: PADDINGS,
      default: 'valid',
    },
    useBias: { type: 'boolean', label: 'Bias', help: 'Adds one learned number to every output of a filter.', default: true },
    activation: activationField,
    ...kernelInitializerFields,
  },
  outputShape({ filters, kernelSize, strides, padding }, input) {
    const [height, width] = requireImage(input);
    const rows = windowAxis(height, kernelSize[0], strides[0], padding, 'kernelSize');
    const columns = windowAxis(width, kernelSize[1], strides[1], padding, 'kernelSize');
    return [rows.output, columns.output, filters];
  },
  weights({ filters, kernelSize, useBias, kernelInitializer, kernelConstant }, input) {
    const area = kernelSize[0] * kernelSize[1];
    const fans = { fanIn: area * input[2], fanOut: area * filters };
    const initializer = { kind: kernelInitializer, value: kernelConstant };
    const weight = { name: 'weight', shape: [...kernelSize, input[2], filters], initializer, ...fans } as const;
    const bias = { name: 'bias', shape: [filters], initializer: { kind: 'zeros' }, ...fans } as const;
    return useBias ? [weight, bias] : [weight];
  },
  multiplyAdds(params, input) {
    const [rows, columns, filters] = this.outputShape(params, input);
    return rows * columns * filters * params.kernelSize[0] * params.kernelSize[1] * input[2];
  },
  fusesActivation: true,
  forward(params, site) {
    const { batch, output, x, y } = site;
    const weight = site.weight('weight')!;
    const forward = tiling('forward', batch * output[0] * output[1], params.filters, site.tuning);
    return [
      perItem(forward.invocations, site.tuning, {
        label: `${site.id} forward`,
        ...forward.kernel,
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
  filters: number;
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  useBias: boolean;
  activation: Activation;
}

/**
 * Which of the two kernels computes a product of so many rows and columns, and with how many invocations. Each invocation
 * computes an 8 x 8 tile; the wide kernels of conv2d-subgroups.wgsl 8 x 16, with rows rounded up to whole subgroups.
 */
function tiling(name: 'forward' | 'inputGradient' | 'weightGradient', rows: number, columns: number, tuning: Tuning) {
  const narrow = Math.ceil(rows / 8) * Math.ceil(columns / 8);
  const wide = Math.ceil(rows / 32) * 4 * Math.ceil(columns / 16);
  // A wide tile is twice the work of a narrow one, at two thirds of the price.
  if (tuning.subgroupsOf4 && (wide * 4) / 3 < narrow) {
    const entryPoint = `wide${name[0].toUpperCase()}${name.slice(1)}`;
    return { invocations: wide, kernel: { shader: 'conv2d-subgroups', entryPoint } };
  }
  return { invocations: narrow, kernel: { shader: 'conv2d', entryPoint: name } };
}

function constantsOf({ filters, kernelSize, strides, padding, useBias }: Params, { input }: LayerSite) {
  return { F: filters, USE_BIAS: Number(useBias), ...windowConstants({ size: kernelSize, strides, padding }, input) };
}

function weightGradient(params: Params, site: LayerSite) {
  const { batch, input, x, dz } = site;
  const rows = params.kernelSize[0] * params.kernelSize[1] * input[2];
  const { invocations, kernel } = tiling('weightGradient', rows, params.filters, site.tuning);
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

function inputGradient(params: Params, site: LayerSite) {
  const { batch, input, dz, dx } = site;
  const { invocations, kernel } = tiling('inputGradient', batch * input[0] * input[1], input[2], site.tuning);
  return perItem(invocations, site.tuning, {
    label: `${site.id} dL/dx`,
    ...kernel,
    constants: constantsOf(params, site),
    bindings: [
      [0, dz, 'read_write'],
      [1, site.weight('weight')!, 'read'],
      [2, dx!, 'read_write'],
    ],
  });
}
