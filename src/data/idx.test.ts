import { describe, expect, it } from 'vitest';
import { pairImagesWithLabels, parseIdxImages, parseIdxLabels } from './idx';

const header = (magic: number, ...shape: number[]) =>
  [magic, ...shape].flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
const images = (shape: [number, number, number], bytes: number[]) =>
  Uint8Array.from([...header(0x803, ...shape), ...bytes]);
const labels = (count: number, bytes: number[]) => Uint8Array.from([...header(0x801, count), ...bytes]);

describe('parseIdxImages', () => {
  it('reads shape and pixels', () => {
    const parsed = parseIdxImages(images([2, 1, 3], [1, 2, 3, 4, 5, 255]), 'a');
    expect(parsed).toEqual({ count: 2, height: 1, width: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  });

  it('reads from the middle of a buffer', () => {
    const inner = images([1, 1, 2], [8, 9]);
    const outer = new Uint8Array(inner.length + 5);
    outer.set(inner, 5);
    expect([...parseIdxImages(outer.subarray(5), 'a').pixels]).toEqual([8, 9]);
  });

  it.each([
    ['an empty file', new Uint8Array(0), /0 bytes, fewer than the 16/],
    ['half a header', Uint8Array.from(header(0x803, 1)), /8 bytes, fewer than the 16/],
    [
      'labels instead of images',
      labels(12, Array<number>(12).fill(0)),
      /begins with 0x00000801.*images begins with 0x00000803/,
    ],
    ['floats instead of bytes', Uint8Array.from([...header(0xd03, 1, 1, 1), 0, 0, 0, 0]), /begins with 0x00000d03/],
    ['a file cut short', images([2, 2, 2], [1, 2, 3]), /\[2, 2, 2\], which makes 24 bytes, but it has 19/],
    ['a file with something appended', images([1, 1, 1], [1, 2]), /which makes 17 bytes, but it has 18/],
    ['a header that promises the impossible', images([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []), /but it has 16/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdxImages(bytes, 'file.gz')).toThrow(message);
    expect(() => parseIdxImages(bytes, 'file.gz')).toThrow(/^file\.gz:/);
  });
});

describe('parseIdxLabels', () => {
  it('reads labels', () => expect([...parseIdxLabels(labels(3, [0, 9, 4]), 'a', 10)]).toEqual([0, 9, 4]));
  it('refuses a label that is no class', () =>
    expect(() => parseIdxLabels(labels(2, [0, 10]), 'a', 10)).toThrow(/label 1 is 10.*0 to 9/));
  it('refuses images', () =>
    expect(() => parseIdxLabels(images([1, 1, 1], [0]), 'a', 10)).toThrow(/0x00000803.*labels/));
});

describe('pairImagesWithLabels', () => {
  const parsed = parseIdxImages(images([2, 1, 1], [5, 6]), 'a');
  it('pairs', () => expect(pairImagesWithLabels(parsed, Uint8Array.of(1, 2), 'a').labels).toHaveLength(2));
  it('refuses another count', () =>
    expect(() => pairImagesWithLabels(parsed, Uint8Array.of(1), 'a')).toThrow(/2 images but 1 labels/));
});
