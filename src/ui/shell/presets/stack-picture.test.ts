import { expect, it } from 'vitest';
import { presets } from '../../../model/presets';
import { parseModelSpec } from '../../../model/spec';
import { stackPicture } from './stack-picture';

const layers = (...kinds: object[]) => parseModelSpec({ input: [28, 28, 1], layers: kinds });

it('shows the image and every tensor after it, by family', () => {
  const { blocks } = stackPicture(
    layers({ kind: 'conv2d', filters: 16 }, { kind: 'maxPool2d' }, { kind: 'flatten' }, { kind: 'dense', units: 10 }),
  );
  expect(blocks.map(({ family }) => family)).toEqual([null, 'convolution', 'pooling', 'shape', 'dense']);
  const [image, conv, pool, flat, dense] = blocks;
  expect(conv!.width).toBeGreaterThan(image!.width);
  expect(pool!.height).toBeLessThan(conv!.height);
  expect(pool!.width).toBe(conv!.width);
  expect([flat!.depth, dense!.depth]).toEqual([0, 0]);
  expect(flat!.height).toBeGreaterThan(dense!.height);
});

it('grows by the same amount for every doubling', () => {
  const height = (units: number) =>
    stackPicture(layers({ kind: 'flatten' }, { kind: 'dense', units })).blocks.at(-1)!.height;
  expect(height(64) - height(32)).toBeCloseTo(height(16) - height(8), 10);
  expect(height(1)).toBeGreaterThan(0);
});

it('puts no block over another, and stays bounded for every network of the gallery', () => {
  for (const { spec } of presets) {
    const { blocks, width, height } = stackPicture(spec);
    expect(blocks.length).toBeLessThanOrEqual(18);
    blocks
      .slice(1)
      .forEach((block, i) =>
        expect(block.x).toBeGreaterThanOrEqual(blocks[i]!.x + blocks[i]!.width + blocks[i]!.depth / 2),
      );
    expect(width).toBeGreaterThan(0);
    expect(height).toBeLessThanOrEqual(60);
    expect(blocks.at(-1)!.family).toBe('dense');
  }
});

it('stops where the shapes do not fit', () => {
  expect(stackPicture(layers({ kind: 'flatten' }, { kind: 'maxPool2d' }, { kind: 'dense' })).blocks).toHaveLength(2);
});
