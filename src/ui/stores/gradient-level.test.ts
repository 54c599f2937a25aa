import { describe, expect, it } from 'vitest';
import type { NormSlot } from '../../model/norm-slots';
import { gradientLevel } from './gradient-level';

const slots: NormSlot[] = [
  { layer: 'conv2d_1', tensor: 'weight' },
  { layer: 'conv2d_1', tensor: 'bias' },
  { layer: 'conv2d_1', tensor: 'output' },
  { layer: 'flatten_1', tensor: 'output' },
];

describe('gradientLevel', () => {
  it('joins weight and bias into one norm on a logarithmic scale', () => {
    expect(gradientLevel('conv2d_1', slots, [0.006, 0.008, 7, 1])).toEqual({ norm: 0.01, fill: 0.5, of: 'parameters' });
  });

  it('takes the gradient of the output where there are no parameters', () => {
    expect(gradientLevel('flatten_1', slots, [1, 1, 1, 1e-9])).toEqual({ norm: 1e-9, fill: 0, of: 'output' });
  });

  it('keeps what is not finite and knows nothing of unknown layers', () => {
    expect(gradientLevel('flatten_1', slots, [1, 1, 1, NaN])).toMatchObject({ norm: NaN, fill: 1 });
    expect(gradientLevel('dense_9', slots, [1, 1, 1, 1])).toBeUndefined();
    expect(gradientLevel('conv2d_1', slots, undefined)).toBeUndefined();
  });
});
