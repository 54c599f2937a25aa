import type { Shape } from './shape';
import { requireImage } from './require-shape';
import { PADDINGS, windowAxis, type WindowParams } from './window';

/** The form fields of every pooling over windows, as in Keras. */
export const poolingFields = {
  poolSize: {
    type: 'pair',
    label: 'Pool size',
    help: 'Height and width of the window.',
    min: 1,
    max: 64,
    default: [2, 2],
  },
  strides: {
    type: 'pair',
    label: 'Strides',
    help: 'Step between windows; smaller than the pool size makes them overlap. Default: the pool size.',
    min: 1,
    max: 64,
    default: { sameAs: 'poolSize' },
  },
  padding: {
    type: 'choice',
    label: 'Padding',
    help: '"valid" drops incomplete windows at the edge; "same" keeps them, with the cells inside the image alone.',
    options: PADDINGS,
    default: 'valid',
  },
} as const;

export type PoolingParams = Omit<WindowParams, 'size'> & { poolSize: WindowParams['size'] };

/**
 * [H, W, C] -> [H', W', C]. @throws PlaygroundError naming the field, where a window does not fit.
 */
export function pooledShape({ poolSize, strides, padding }: PoolingParams, input: Shape): Shape {
  const [height, width, channels] = requireImage(input);
  const rows = windowAxis(height, poolSize[0], strides[0], padding, 'poolSize');
  const columns = windowAxis(width, poolSize[1], strides[1], padding, 'poolSize');
  return [rows.output, columns.output, channels];
}

/** Whether no two windows share a cell. */
export function windowsAreApart({ poolSize, strides }: PoolingParams): boolean {
  return strides[0] >= poolSize[0] && strides[1] >= poolSize[1];
}
