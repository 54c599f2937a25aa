import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { generateDigits } from '.';
import { smoothCurve } from './curve';
import { centreByMass, SIDE } from './normalise';
import { SKELETONS } from './skeletons';

const image = (images: Uint8Array, row: number) => images.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE);

/** The first and last row and column with ink, and the centre of mass. */
function measure(pixels: Uint8Array) {
  let [mass, sumX, sumY, left, right, top, bottom] = [0, 0, 0, SIDE, -1, SIDE, -1];
  pixels.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    [mass, sumX, sumY] = [mass + value, sumX + value * (x + 0.5), sumY + value * (y + 0.5)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  return { x: sumX / mass, y: sumY / mass, width: right - left + 1, height: bottom - top + 1 };
}

describe('generateDigits', () => {
  const small = generateDigits(5, { train: 200, test: 50 });

  it('has the shape of MNIST and every digit equally often', () => {
    expect(small).toMatchObject({ id: 'generated', height: 28, width: 28, channels: 1, classes: 10 });
    expect(small.train.images).toHaveLength(200 * 784);
    expect(small.test.images).toHaveLength(50 * 784);
    for (let digit = 0; digit < 10; digit++)
      expect(small.train.labels.filter((label) => label === digit)).toHaveLength(20);
  });

  it('is the same for the same seed and another for another', () => {
    expect(generateDigits(5, { train: 200, test: 50 })).toEqual(small);
    expect(generateDigits(6, { train: 200, test: 50 }).train.images).not.toEqual(small.train.images);
  });

  it('never shows the same image twice', () => {
    const all = [small.train, small.test].flatMap((set) =>
      Array.from(set.labels, (_, row) => image(set.images, row).join()),
    );
    expect(new Set(all).size).toBe(250);
  });

  it('places digits as MNIST does: 20 pixels on the longer side, centred by mass to the pixel', () => {
    for (let row = 0; row < 200; row++) {
      const { x, y, width, height } = measure(image(small.train.images, row));
      expect(Math.max(width, height)).toBeLessThanOrEqual(20);
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(16);
      // Half a pixel from rounding the place, and a little because bytes are rounded too.
      expect(Math.max(Math.abs(x - 14), Math.abs(y - 14))).toBeLessThan(0.52);
    }
  });
});

describe('skeletons', () => {
  it('exist for ten digits, several each, with strokes of at least two points', () => {
    expect(SKELETONS).toHaveLength(10);
    for (const ways of SKELETONS) {
      expect(ways.length).toBeGreaterThanOrEqual(5);
      for (const { strokes, weight } of ways) {
        expect(weight).toBeGreaterThan(0);
        for (const stroke of strokes) expect(stroke.length).toBeGreaterThanOrEqual(2);
      }
    }
  });
});

describe('smoothCurve', () => {
  it('passes through its control points and keeps straight lines straight', () => {
    const line = smoothCurve([[0, 0], [1, 1], [2, 2]]); // prettier-ignore
    expect([line[0], line[1], line.at(-2), line.at(-1)]).toEqual([0, 0, 2, 2]);
    for (let i = 0; i < line.length; i += 2) expect(line[i]).toBeCloseTo(line[i + 1]!, 12);
  });
  it('turns at once at a corner, and bends elsewhere', () => {
    const stray = (corner?: 'corner') => {
      const curve = smoothCurve([
        [0, 0],
        [1, 0, corner],
        [1, 1],
      ]);
      return Math.max(...curve.filter((_, i) => i % 2 === 0));
    };
    expect(stray('corner')).toBe(1);
    expect(stray()).toBeGreaterThan(1.01);
  });
});

describe('centreByMass', () => {
  it('moves ink to the middle and keeps it', () => {
    const random = createRandom(1);
    const raster = new Float32Array(400);
    for (const i of [0, 1, 20, 21]) raster[i] = 0.5 + 0.5 * random.uniform();
    const placed = new Uint8Array(784).fill(9);
    centreByMass(raster, 20, placed);
    expect(Array.from(placed).flatMap((value, i) => (value ? [i] : []))).toEqual([
      13 * 28 + 13,
      13 * 28 + 14,
      14 * 28 + 13,
      14 * 28 + 14,
    ]);
    expect(placed[13 * 28 + 13]).toBe(Math.round(255 * raster[0]!));
  });
  it('leaves an empty image empty', () => {
    const placed = new Uint8Array(784).fill(9);
    centreByMass(new Float32Array(400), 20, placed);
    expect(placed.every((value) => value === 0)).toBe(true);
  });
});
