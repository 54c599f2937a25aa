import { describe, expect, it } from 'vitest';
import { packForTransfer } from './transfer';

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
