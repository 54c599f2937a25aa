import { describe, expect, it } from 'vitest';
import { argMax, evaluateLogits, softmaxRows } from './evaluation';
import { histogramOf } from './histogram';
import { packForTransfer } from './transfer';

describe('histogramOf', () => {
  it('counts every finite value once, the largest in the last bin', () => {
    const { counts, min, max, mean, std } = histogramOf(Float32Array.of(0, 1, 2, 3, 4), 4);
    expect(counts).toEqual([1, 1, 1, 2]);
    expect([min, max, mean]).toEqual([0, 4, 2]);
    expect(std).toBeCloseTo(Math.SQRT2, 12);
  });

  it('sets NaN and infinities apart', () => {
    const histogram = histogramOf(Float32Array.of(NaN, -Infinity, Infinity, -1, 1), 2);
    expect(histogram).toEqual({ counts: [1, 1], min: -1, max: 1, notANumber: 1, infinite: 2, mean: 0, std: 1 });
  });

  it('puts equal values in the middle, and stays empty without finite ones', () => {
    expect(histogramOf(Float32Array.of(5, 5), 5).counts).toEqual([0, 0, 2, 0, 0]);
    expect(histogramOf(Float32Array.of(NaN), 3)).toMatchObject({ counts: [0, 0, 0], min: 0, max: 0, notANumber: 1 });
    expect(histogramOf(new Float32Array(0), 3).counts).toEqual([0, 0, 0]);
  });
});

describe('evaluateLogits', () => {
  it('gives mean cross-entropy, accuracy and confusion[actual][predicted]', () => {
    const { loss, accuracy, confusion } = evaluateLogits(Float32Array.of(0, 0, 0, 1000), [0, 0], 2);
    expect(loss).toBeCloseTo((Math.log(2) + 1000) / 2, 10);
    expect(accuracy).toBe(0.5);
    expect(confusion).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('counts logits that are not finite as wrong', () => {
    const { loss, accuracy } = evaluateLogits(Float32Array.of(NaN, 0), [0], 2);
    expect([loss, accuracy]).toEqual([NaN, 0]);
  });
});

describe('softmaxRows', () => {
  it('does not overflow', () => {
    expect([...softmaxRows(Float32Array.of(1e30, 0, -1e30, -1e30), 2)]).toEqual([1, 0, 0.5, 0.5]);
  });

  it('takes the first of equal maxima', () => {
    expect(argMax([1, 3, 3])).toBe(1);
  });
});

describe('packForTransfer', () => {
  it('hands over whole buffers once, and copies parts out', () => {
    const whole = Float32Array.of(1, 2, 3);
    const part = new Float32Array(8).subarray(2, 4).fill(7);
    const { value, transfer } = packForTransfer({ a: { whole }, again: [whole], part, list: [1, 2], none: null });
    expect(transfer).toHaveLength(2);
    expect(transfer[0]).toBe(whole.buffer);
    expect(value.part).toEqual(Float32Array.of(7, 7));
    expect(value.part.buffer.byteLength).toBe(8);
    expect(value).toMatchObject({ list: [1, 2], none: null });
    expect(structuredClone(value, { transfer }).again[0]).toEqual(Float32Array.of(1, 2, 3));
  });
});
