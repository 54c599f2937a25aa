import { at } from '../../../at';
import type { Family } from '../../../model/layer-kind';
import { requireImage } from '../../../model/require-shape';
import type { Shape } from '../../../model/shape';
import { inspectModel } from '../../../model/resolve';
import { kindOf, type ModelSpec } from '../../../model/spec';

/** A tensor as an upright block, seen slightly from the side, in units of the picture. */
export interface Block {
  /** The family of the layer that makes the tensor; null for the input image. */
  family: Family | null;
  x: number;
  /** Grows with the logarithm of the tensor's height in pixels, or of its number of units. */
  height: number;
  /** Grows with the logarithm of the number of channels. */
  width: number;
  /** How far the block reaches back. It is 0 for a vector, which is a bar. */
  depth: number;
}

export interface StackPicture {
  blocks: Block[];
  width: number;
  height: number;
}

const GAP = 3;
/** The smallest size of a face, so that even one channel is visible. */
const LEAST = 2.5;
const TALLEST = 40;
/**
 * A network with more blocks than this shows only the layers that change the shape, so blocks are
 * not squeezed to nothing.
 */
const MOST_BLOCKS = 18;

/**
 * The tensors of a network in a row, the image first, as papers draw convolutional networks.
 * Heights and widths are logarithmic, so one unit and a thousand can both be shown.
 * @param spec a network whose shapes fit together; layers after one that does not fit are left out
 */
export function stackPicture(spec: ModelSpec): StackPicture {
  const tensors: { family: Family | null; shape: Shape }[] = [{ family: null, shape: spec.input }];
  for (const { resolved } of inspectModel(spec)) {
    if (resolved) tensors.push({ family: kindOf(resolved.spec.kind).family, shape: resolved.outputShape });
  }
  const shown = tensors.length > MOST_BLOCKS ? tensors.filter(changesShape) : tensors;
  let x = 0;
  const blocks = shown.slice(0, MOST_BLOCKS).map(({ family, shape }) => {
    const block = { family, x, ...sizeOf(shape) };
    x += block.width + block.depth * 0.5 + GAP;
    return block;
  });
  const height = Math.max(...blocks.map((block) => block.height + block.depth * 0.5));
  return { blocks, width: x - GAP, height };
}

const changesShape = ({ shape }: { shape: Shape }, i: number, all: readonly { shape: Shape }[]) =>
  i === 0 || i === all.length - 1 || shape.join() !== at(all, i - 1).shape.join();

function sizeOf(shape: Shape): Pick<Block, 'height' | 'width' | 'depth'> {
  if (shape.length < 3) {
    const units = shape.reduce((product, n) => product * n, 1);
    return { height: Math.min(TALLEST, LEAST + 3.5 * Math.log2(units)), width: LEAST, depth: 0 };
  }
  const [height, width, channels] = requireImage(shape);
  return {
    height: Math.min(TALLEST, LEAST + 5 * Math.log2(height)),
    width: LEAST + 1.6 * Math.log2(channels),
    depth: Math.min(TALLEST / 2, 2 * Math.log2(width)),
  };
}
