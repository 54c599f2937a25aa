import { describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../errors';
import { createLayer } from '../spec';
import { conv2d } from './conv2d';

const layer = (params: object) =>
  createLayer('conv2d', { filters: 4, ...params }) as Parameters<typeof conv2d.outputShape>[0];

describe('conv2d', () => {
  it('spans (k - 1) d + 1 cells with dilation, but has no more weights', () => {
    const dilated = layer({ kernelSize: [3, 2], dilationRate: [2, 4] });
    expect(conv2d.outputShape(dilated, [9, 8, 3])).toEqual([5, 4, 4]);
    expect(conv2d.outputShape({ ...dilated, padding: 'same' }, [9, 8, 3])).toEqual([9, 8, 4]);
    expect(conv2d.weights(dilated, [9, 8, 3])[0]!.shape).toEqual([3, 2, 3, 4]);
  });

  it('refuses strides together with dilation', () => {
    const refuse = () => conv2d.outputShape(layer({ strides: [1, 2], dilationRate: [2, 1] }), [9, 9, 1]);
    expect(refuse).toThrow(PlaygroundError);
    expect(refuse).toThrow(/strides of 1 x 2 and a dilation of 2 x 1 exclude each other/);
  });
});
