import { PlaygroundError } from '../../errors';
import { defineLayer } from '../layer-kind';
import { sizeOf, type Shape } from '../shape';

/**
 * Keras `Reshape` (https://keras.io/api/layers/reshaping_layers/reshape/): the same numbers in the
 * same order. The layer is a view: no number moves.
 */
export const reshape = defineLayer({
  kind: 'reshape',
  label: 'Reshape',
  family: 'shape',
  help: 'Reads the same numbers, in the same order, as an image or vector of another shape.',
  fields: {
    targetShape: {
      type: 'shape',
      label: 'Target shape',
      help: 'Height, width and channels, or a single length. One of them may be -1: whatever is left.',
      min: -1,
      max: 1 << 24,
      default: [-1],
    },
  },
  note:
    'Keras has target shapes of any rank; here a layer takes an image ' +
    '[height, width, channels] or a vector [units].',
  outputShape: ({ targetShape }, input) => reshaped(targetShape, input),
  weights: () => [],
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['y[k] = x[k]   for the k-th number in reading order'],
    backward: ['∂L/∂x[k] = ∂L/∂y[k]'],
    where: 'No number moves: the layer only reads the same numbers in another shape.',
    source: { title: 'Keras: Reshape', url: 'https://keras.io/api/layers/reshaping_layers/reshape/' },
  },
  multiplyAdds: () => 0,
  isView: () => true,
});

/**
 * The target shape with its -1 worked out.
 * @throws PlaygroundError if the target is not a valid shape, or does not hold exactly the numbers
 * of the input.
 */
function reshaped(target: Shape, input: Shape): Shape {
  const where = { field: 'targetShape' };
  const unknown = target.filter((side) => side === -1).length;
  if ((target.length !== 1 && target.length !== 3) || unknown > 1 || target.includes(0)) {
    throw new PlaygroundError(`[${target.join(', ')}] is not a shape to aim at.`, {
      where,
      remedy: 'Give one number (a vector) or three (height, width, channels), each 1 or more; one of them may be -1.',
    });
  }
  const given = sizeOf(target.filter((side) => side !== -1));
  const numbers = sizeOf(input);
  const fits = unknown ? numbers % given === 0 : numbers === given;
  if (fits) return target.map((side) => (side === -1 ? numbers / given : side));
  const sides = unknown ? `, whose other sides make ${given}` : `, which has ${given}`;
  throw new PlaygroundError(
    `the input [${input.join(', ')}] has ${numbers} numbers and does not fit [${target.join(', ')}]${sides}.`,
    {
      where,
      remedy: `Choose sides whose product is ${numbers}, or let one of them be -1.`,
    },
  );
}
