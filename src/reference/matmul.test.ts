import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { multiplyAdd, multiplyAddTransposedA, multiplyAddTransposedB } from './matmul';

const sizes = [1, 2, 3, 4, 5, 7, 8, 11];
const shapes = sizes.flatMap((m) => sizes.map((n) => [m, n] as const));

describe('matrix product, added to what is there', () => {
  it.each([1, 3, 256, 257, 600])('agrees with the definition for every small m and n at depth %i', (k) => {
    const random = createRandom(k);
    const matrix = (length: number) => new Float64Array(length).map(() => random.normal());
    for (const [m, n] of shapes) {
      const [a, b, c] = [matrix(m * k), matrix(k * n), matrix(m * n)];
      const expected = c.map((value, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        for (let p = 0; p < k; p++) value += a[i * k + p]! * b[p * n + j]!;
        return value;
      });
      const check = (what: string, product: (c: Float64Array) => void) => {
        const result = c.slice();
        product(result);
        const error = result.reduce((largest, value, at) => Math.max(largest, Math.abs(value - expected[at]!)), 0);
        expect(error, `${what} ${m} x ${n} x ${k}`).toBeLessThan(1e-11);
      };
      check('A B', (to) => multiplyAdd(to, a, b, m, n, k));
      check('A^T B', (to) => multiplyAddTransposedA(to, transposed(a, m, k), b, m, n, k));
      check('A B^T', (to) => multiplyAddTransposedB(to, a, transposed(b, k, n), m, n, k));
    }
  });
});

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}
