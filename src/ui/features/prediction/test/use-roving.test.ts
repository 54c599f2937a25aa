import { expect, it } from 'vitest';
import { moved } from './use-roving';

// Eight places in lines of three:
// 0 1 2
// 3 4 5
// 6 7
const from = (at: number) => (key: string) => moved(key, at, 8, 3);

it('moves within a grid and stops at its edges', () => {
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map(from(4))).toEqual([3, 5, 1, 7, 3, 5]);
  expect(['ArrowLeft', 'ArrowUp', 'Home'].map(from(0))).toEqual([0, 0, 0]);
  expect(['ArrowRight', 'ArrowDown', 'End'].map(from(7))).toEqual([7, 7, 7]);
  expect(from(5)('ArrowDown')).toBe(5);
});

it('leaves other keys alone', () => {
  expect(from(4)('Enter')).toBeNull();
});
