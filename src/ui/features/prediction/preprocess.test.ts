import { describe, expect, it } from 'vitest';
import { MNIST_INK_SHARE } from '../../../data/drawing';
import { boundingBox, preprocess, resample, type Ink } from './preprocess';

/** A pad with filled rectangles, each [left, top, width, height]. */
function padWith(...boxes: [number, number, number, number][]): Ink {
  const data = new Float32Array(280 * 280);
  for (const [left, top, width, height] of boxes) {
    for (let y = top; y < top + height; y++) data.fill(1, y * 280 + left, y * 280 + left + width);
  }
  return { width: 280, height: 280, data };
}

const MNIST = [28, 28, 1] as const;
const inkOf = (data: Float32Array, width = 28): Ink => ({ width, height: data.length / width, data });

describe('preprocess', () => {
  it('gives nothing for an empty pad', () => {
    expect(preprocess(padWith(), MNIST, MNIST_INK_SHARE)).toBeNull();
  });

  it.each([
    [10, 10, 40, 200],
    [200, 30, 60, 60],
    [0, 0, 280, 280],
    [100, 250, 150, 10],
    [5, 5, 1, 1],
  ] as const)('scales ink at %i, %i of %i x %i to 20 pixels', (left, top, width, height) => {
    const image = preprocess(padWith([left, top, width, height]), MNIST, MNIST_INK_SHARE)!;
    const box = boundingBox(inkOf(image))!;
    expect(Math.max(box.width, box.height)).toBe(20);
    const shorter = Math.max(1, Math.round((20 * Math.min(width, height)) / Math.max(width, height)));
    expect(Math.min(box.width, box.height)).toBe(shorter);
    for (const value of image) expect(value === 0 || (value > 0 && value <= 1 + 1e-6)).toBe(true);
  });

  it('centres by mass, not by extent', () => {
    // The shape is an L with most of its ink in the foot.
    const image = preprocess(padWith([40, 20, 10, 200], [40, 180, 180, 40]), MNIST, MNIST_INK_SHARE)!;
    let [mass, x, y] = [0, 0, 0];
    image.forEach((value, i) => {
      mass += value;
      x += value * (i % 28);
      y += value * Math.floor(i / 28);
    });
    // The centre of mass is in the middle as in MNIST, or as near to it as the border allows.
    expect(Math.abs(x / mass - 14)).toBeLessThanOrEqual(0.5);
    expect(y / mass).toBeGreaterThanOrEqual(13.5);
    const box = boundingBox(inkOf(image))!;
    expect(box.top + box.height / 2).toBeLessThan(14);
  });

  it('does not depend on where or how large it was drawn', () => {
    const near = (a: Float32Array, b: Float32Array) => a.every((value, i) => Math.abs(value - b[i]!) < 1e-6);
    const small = preprocess(padWith([10, 10, 20, 60], [10, 50, 40, 20]), MNIST, MNIST_INK_SHARE)!;
    const large = preprocess(padWith([90, 60, 60, 180], [90, 180, 120, 60]), MNIST, MNIST_INK_SHARE)!;
    expect(near(small, large)).toBe(true);
  });

  it('fits other image sizes and repeats itself in every channel', () => {
    const image = preprocess(padWith([100, 100, 50, 80]), [32, 40, 3], MNIST_INK_SHARE)!;
    expect(image).toHaveLength(32 * 40 * 3);
    for (let i = 0; i < image.length; i += 3) expect(image[i] === image[i + 1] && image[i] === image[i + 2]).toBe(true);
    const box = boundingBox(
      inkOf(
        image.filter((_, i) => i % 3 === 0),
        40,
      ),
    )!;
    expect(box.height).toBe(23);
  });
});

describe('resample', () => {
  const ramp: Ink = { width: 5, height: 1, data: Float32Array.of(1, 2, 3, 4, 5) };

  it('averages areas, with shares of the cells at the edges', () => {
    const half = resample(ramp, { left: 0, top: 0, width: 5, height: 1 }, 2, 1);
    expect(half.data[0]).toBeCloseTo((1 + 2 + 0.5 * 3) / 2.5, 6);
    expect(half.data[1]).toBeCloseTo((0.5 * 3 + 4 + 5) / 2.5, 6);
  });

  it('keeps the mean when it enlarges', () => {
    const twice = resample(ramp, { left: 1, top: 0, width: 4, height: 1 }, 8, 2);
    expect(twice.data.reduce((sum, value) => sum + value, 0) / 16).toBeCloseTo(3.5, 6);
  });
});
