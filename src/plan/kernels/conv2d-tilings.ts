import type { ImageShape } from '../../model/shape';
import type { Tuning } from '../dispatch';

/**
 * The kernel that computes a product of a convolution, and its number of invocations (for one part
 * if the product is computed in parts).
 */
export interface ConvolutionKernel {
  shader: 'conv2d' | 'conv2d-subgroups' | 'conv2d-strips';
  entryPoint: string;
  invocations: number;
}

/** What the choice of a kernel depends on. */
interface Geometry {
  batch: number;
  input: ImageShape;
  output: ImageShape;
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  dilationRate: readonly [number, number];
}

/**
 * A kernel with its price: the rounds of the inner loop of all invocations, measured in rounds of
 * the plain kernel.
 */
interface Candidate extends ConvolutionKernel {
  price: number;
}

/** Output pixels of a strip; see conv2d-strips.wgsl. */
const STRIP = 7;

/**
 * Measured prices of a round on a software adapter. A round of the plain kernel is 64
 * multiply-adds.
 */
const WIDE_ROUND = 4 / 3;
const STRIP_GRADIENT_ROUND = 5.2;
/** Kernels over strips by the number of kernel columns that they take at a time. */
const STRIP_FORWARDS = [
  { entryPoint: 'stripForward', block: 3, round: 2.4 },
  { entryPoint: 'stripForward5', block: 5, round: 3.5 },
];

const tiles = (n: number, size: number) => Math.ceil(n / size);

/** The kernel of y = x * weight. */
export function forwardKernel(geometry: Geometry, tuning: Tuning): ConvolutionKernel {
  const { batch, input, output, kernelSize } = geometry;
  const rounds = kernelSize[0] * kernelSize[1] * input[2];
  const candidates = tilings('forward', batch * output[0] * output[1], output[2], rounds);
  if (isContiguous(geometry)) candidates.push(...strips(geometry, output, input[2]));
  return cheapest(candidates, tuning);
}

/**
 * With strides of 1 the input gradient is a convolution as well, and `entryPoint` is then the entry
 * point of the forward pass.
 */
export function inputGradientKernel(geometry: Geometry, tuning: Tuning): ConvolutionKernel {
  const { batch, input, output, kernelSize, strides } = geometry;
  // Input pixels are grouped by their place between two strides, because the place determines which
  // taps reach them.
  const rounds = tiles(kernelSize[0], strides[0]) * tiles(kernelSize[1], strides[1]) * output[2];
  const pixels = batch * tiles(input[0], strides[0]) * tiles(input[1], strides[1]);
  const candidates = tilings('inputGradient', pixels, input[2], rounds, strides[0] * strides[1]);
  if (strides[0] === 1 && isContiguous(geometry)) candidates.push(...strips(geometry, input, output[2]));
  return cheapest(candidates, tuning);
}

export function weightGradientKernel(geometry: Geometry, tuning: Tuning): ConvolutionKernel {
  const { batch, input, output, kernelSize } = geometry;
  const rows = kernelSize[0] * kernelSize[1] * input[2];
  const candidates = tilings('weightGradient', rows, output[2], batch * output[0] * output[1]);
  if (isContiguous(geometry)) {
    const subgroups = tiles(kernelSize[0] * input[2], 8) * tiles(kernelSize[1], 3) * tiles(output[2], 16);
    const rounds = batch * output[0] * tiles(output[1], STRIP);
    const price = 4 * subgroups * rounds * STRIP_GRADIENT_ROUND;
    candidates.push({ shader: 'conv2d-strips', entryPoint: 'stripWeightGradient', invocations: 4 * subgroups, price });
  }
  return cheapest(candidates, tuning);
}

/** Whether neighbouring outputs of a row see neighbouring inputs through neighbouring taps. */
function isContiguous({ strides, dilationRate }: Geometry): boolean {
  return strides[1] === 1 && dilationRate[1] === 1;
}

/**
 * Each invocation computes an 8 x 8 tile. The wide kernels compute 8 x 16, with rows rounded up to
 * whole subgroups of 4.
 */
function tilings(
  name: 'forward' | 'inputGradient' | 'weightGradient',
  rows: number,
  columns: number,
  rounds: number,
  phases = 1,
): Candidate[] {
  const plain = phases * tiles(rows, 8) * tiles(columns, 8);
  const wide = phases * tiles(rows, 32) * 4 * tiles(columns, 16);
  const wideName = `wide${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [
    { shader: 'conv2d', entryPoint: name, invocations: plain, price: plain * rounds },
    { shader: 'conv2d-subgroups', entryPoint: wideName, invocations: wide, price: wide * rounds * WIDE_ROUND },
  ];
}

/**
 * Each invocation computes 8 of the channels of `to` for two strips. The number is rounded up to
 * whole subgroups of 4.
 */
function strips({ batch, kernelSize }: Geometry, to: ImageShape, fromChannels: number): Candidate[] {
  const invocations = tiles(batch * to[0] * tiles(to[1], STRIP), 8) * 4 * tiles(to[2], 8);
  return STRIP_FORWARDS.map(({ entryPoint, block, round }) => {
    const rounds = kernelSize[0] * tiles(kernelSize[1], block) * fromChannels;
    return { shader: 'conv2d-strips', entryPoint, invocations, price: invocations * rounds * round };
  });
}

/** Only the plain kernels run everywhere; the others are made for software adapters. */
function cheapest(candidates: Candidate[], tuning: Tuning): ConvolutionKernel {
  const runnable = tuning.subgroupsOf4 ? candidates : candidates.filter(({ shader }) => shader === 'conv2d');
  const { shader, entryPoint, invocations } = runnable.reduce((best, one) => (one.price < best.price ? one : best));
  return { shader, entryPoint, invocations };
}
