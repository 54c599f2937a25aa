import { describe, expect, it } from 'vitest';
import { crossEntropy, evidenceFor, logitGradient, slopeAt, softmax } from './class-math';
import { cellsOf, channelOf, filterGradient, weighEverywhere, weighWindow, type Sliding } from './window-math';

const sliding = (change: Partial<Sliding> = {}): Sliding => ({
  size: [3, 3],
  strides: [1, 1],
  padding: 'valid',
  dilation: [1, 1],
  ...change,
});
const tensor = (shape: number[], at: (i: number) => number) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => at(i)),
});

describe('windows', () => {
  it('lie where Keras puts them', () => {
    expect(cellsOf(sliding(), [5, 5, 1], 1, 2)[0]).toEqual({ u: 0, v: 0, row: 1, column: 2, inside: true });
    // "same" at stride 2 over 5: ceil(5 / 2) = 3 windows, (3 - 1) 2 + 3 - 5 = 2 cells of padding,
    // one before.
    const same = cellsOf(sliding({ padding: 'same', strides: [2, 2] }), [5, 5, 1], 0, 0);
    expect(same[0]).toMatchObject({ row: -1, column: -1, inside: false });
    expect(same[4]).toMatchObject({ row: 0, column: 0, inside: true });
    expect(cellsOf(sliding({ dilation: [2, 2] }), [5, 5, 1], 0, 0)[8]).toMatchObject({ row: 4, column: 4 });
  });

  it('weigh pixels and channels as a convolution does', () => {
    const input = tensor([3, 3, 2], (i) => i);
    const weight = tensor([2, 2, 2, 3], (i) => (i % 3 === 1 ? 1 : 0));
    const at = sliding({ size: [2, 2] });
    // Filter 1 has all ones: the sum of rows 1..2, columns 0..1, both channels, of 0, 1, 2, ... 17.
    expect(weighWindow(input, weight, 0.5, at, 1, 0, 1)).toBe(6 + 7 + 8 + 9 + 12 + 13 + 14 + 15 + 0.5);
    expect([...weighEverywhere(input, weight, 0, at, [2, 2, 3], 0).data]).toEqual([0, 0, 0, 0]);
    expect([...channelOf(input, 1).data]).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17]);
  });

  it('the gradient of a filter is that of finite differences', () => {
    const input = tensor([6, 6, 2], (i) => Math.sin(i));
    const weight = tensor([3, 3, 2, 2], (i) => Math.cos(3 * i));
    const at = sliding({ strides: [2, 2], padding: 'same' });
    const dz = tensor([3, 3, 1], (i) => i - 4);
    const loss = () =>
      weighEverywhere(input, weight, 0, at, [3, 3, 2], 1).data.reduce((sum, z, i) => sum + z * dz.data[i]!, 0);
    const gradient = filterGradient(input, dz, at, 1);
    for (const [u, v] of [
      [0, 0],
      [1, 2],
      [2, 1],
    ]) {
      const index = ((u! * 3 + v!) * 2 + 1) * 2 + 1;
      const before = loss();
      weight.data[index]! += 1;
      expect(loss() - before).toBeCloseTo(gradient.data[u! * 3 + v!]!, 3);
      weight.data[index]! -= 1;
    }
  });
});

describe('classes', () => {
  it('softmax and cross-entropy stay finite where exp would not', () => {
    expect(softmax([1000, 1000, -1000])).toEqual([0.5, 0.5, 0]);
    expect(crossEntropy([0, 0, 0, 0], 2)).toBeCloseTo(Math.log(4), 12);
    expect(crossEntropy([1000, 0], 1)).toBe(1000);
  });

  it('p - y is the slope of the loss by the logits', () => {
    const logits = [0.3, -1.2, 2];
    const gradient = logitGradient(softmax(logits), 1);
    logits.forEach((_, i) => {
      const moved = (by: number) =>
        crossEntropy(
          logits.map((z, j) => (i === j ? z + by : z)),
          1,
        );
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(gradient[i]!, 8);
    });
  });

  it('splits a score into what speaks for it and against it', () => {
    const parts = evidenceFor(Float32Array.of(1, 2, 3), Float32Array.of(9, 0.5, 9, -1, 9, 2), 0.25, 2, 1);
    expect(parts).toEqual({ for: 6.5, against: -2, bias: 0.25, score: 4.75 });
  });

  it('knows slopes by the output alone, where that tells', () => {
    expect(slopeAt('relu', 0)).toBe(0);
    expect(slopeAt('sigmoid', 0.5)).toBe(0.25);
    expect(slopeAt('tanh', 0)).toBe(1);
    expect(slopeAt('gelu', 1)).toBeNull();
    // elu(z) = e^z - 1 below 0, whose slope is e^z.
    expect(slopeAt('elu', Math.exp(-1) - 1)).toBeCloseTo(Math.exp(-1), 12);
  });
});
