import { describe, expect, it } from 'vitest';
import { layerKinds } from '../../model/layers';
import { createLayer } from '../../model/spec';
import { withFollowers } from './followers';
import { numberProblem } from './number-problem';
import { summaryOf } from './summary';

describe('withFollowers', () => {
  const { fields } = layerKinds.maxPool2d;

  it('lets the strides of a pool follow its size while they are equal', () => {
    const values = createLayer('maxPool2d') as unknown as Record<string, unknown>;
    expect(withFollowers(fields, values, { poolSize: [3, 3] })).toEqual({ poolSize: [3, 3], strides: [3, 3] });
  });

  it('leaves strides alone that were chosen', () => {
    const values = createLayer('maxPool2d', { strides: [1, 1] }) as unknown as Record<string, unknown>;
    expect(withFollowers(fields, values, { poolSize: [3, 3] })).toEqual({ poolSize: [3, 3] });
  });
});

describe('summaryOf', () => {
  it('names the main parameters always and the others where they differ from the default', () => {
    expect(summaryOf(createLayer('conv2d', { filters: 16, activation: 'relu' }))).toBe('16 · 3×3 · relu');
    expect(summaryOf(createLayer('conv2d', { kernelSize: [5, 3], strides: [2, 1], padding: 'same', useBias: false }))).toBe(
      '8 · 5×3 · strides 2×1 · same · no bias',
    );
    expect(summaryOf(createLayer('maxPool2d'))).toBe('2×2');
    expect(summaryOf(createLayer('maxPool2d', { strides: [1, 1] }))).toBe('2×2 · strides 1×1');
    expect(summaryOf(createLayer('flatten'))).toBe('');
  });
});

describe('numberProblem', () => {
  const filters = { min: 1, max: 1024, integer: true };

  it('accepts numbers in range', () => {
    expect(numberProblem(1024, filters)).toBeNull();
    expect(numberProblem('16', filters)).toBeNull();
  });

  it('says in words what is expected', () => {
    expect(numberProblem('', filters)).toBe('A number from 1 to 1,024.');
    expect(numberProblem(1.5, filters)).toBe('A whole number from 1 to 1,024.');
    expect(numberProblem(0, filters)).toBe('From 1 to 1,024.');
  });
});
