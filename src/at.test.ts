import { describe, expect, it } from 'vitest';
import { at, last } from './at';

describe('entries that must be there', () => {
  it('are returned, zeros and empty texts too', () => {
    expect(at([1, 0, 2], 1)).toBe(0);
    expect(at(['', 'a'], 0)).toBe('');
    expect(at(Float32Array.of(0.5), 0)).toBe(0.5);
    expect(last([1, 2, 3])).toBe(3);
  });

  it('are named with the length of the array if they are missing', () => {
    expect(() => at([1, 2], 2)).toThrow('There is no entry 2 in an array of 2.');
    expect(() => at(new Uint8Array(3), -1)).toThrow('There is no entry -1 in an array of 3.');
    expect(() => last([])).toThrow('There is no entry -1 in an array of 0.');
  });
});
