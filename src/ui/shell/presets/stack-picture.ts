import type { Family } from '../../../model/layer-kind';
import type { Shape } from '../../../model/shape';
import { inspectModel } from '../../../model/resolve';
import { kindOf, type ModelSpec } from '../../../model/spec';

/**
 * A tensor as a block that stands upright and is seen a little from the side, in units of the
 * picture.
 */
export interface Block {
  /** Family of the layer that makes the tensor; null for the image that goes in. */
  family: Family | null;
  x: number;
  /** From the logarithm of its height in pixels, or of its units. */
  height: number;
  /** From the logarithm of its channels. */
  width: number;
  /** How far it reaches back; 0 for a vector, which is a bar. */
  depth: number;
}

export interface StackPicture {
  blocks: Block[];
  width: number;
  height: number;
}

const GAP = 3;
/** A flat face so that even one channel can be seen. */
const LEAST = 2.5;
const TALLEST = 40;
/**
 * Of the longest networks, so that blocks are not squeezed to nothing: only those layers that
 * change the shape.
 */
const MOST_BLOCKS = 18;

/**
 * The tensors of a network in a row, the image first: convolutional pictures in papers are drawn
 * like this. Heights and widths are logarithms, so that one unit and a thousand both have a place.
 * @param spec a network whose shapes fit together; layers after one that does not fit are left out
 */
export function stackPicture(spec: ModelSpec): StackPicture {
  const reports = inspectModel(spec);
  const tensors: { family: Family | null; shape: Shape }[] = [{ family: null, shape: spec.input }];
  spec.layers.forEach(({ kind }, i) => {
    const shape = reports[i].resolved?.outputShape;
    if (shape) tensors.push({ family: kindOf(kind).family, shape });
  });
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
  i === 0 || i === all.length - 1 || shape.join() !== all[i - 1].shape.join();

function sizeOf(shape: Shape): Pick<Block, 'height' | 'width' | 'depth'> {
  if (shape.length < 3) {
    const units = shape.reduce((product, n) => product * n, 1);
    return { height: Math.min(TALLEST, LEAST + 3.5 * Math.log2(units)), width: LEAST, depth: 0 };
  }
  const [height, width, channels] = shape;
  return {
    height: Math.min(TALLEST, LEAST + 5 * Math.log2(height)),
    width: LEAST + 1.6 * Math.log2(channels),
    depth: Math.min(TALLEST / 2, 2 * Math.log2(width)),
  };
}
