import type { Numbers } from './numbers';

/**
 * Sets every row of [rows, columns] to the bias, or to zeros without one. A product that adds to
 * the matrix then includes the bias.
 */
export function fillRows(matrix: Float64Array, bias: Numbers | undefined, rows: number, columns: number): void {
  if (!bias) {
    matrix.fill(0, 0, rows * columns);
    return;
  }
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) matrix[at++] = bias[c] ?? NaN;
  }
}

/**
 * sums[c] += sum over the rows of [rows, columns]. This is dL/d(bias), as the bias was added once
 * to each row.
 */
export function addColumnSums(sums: Float64Array, matrix: Float64Array, rows: number, columns: number): void {
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? NaN) + (matrix[at++] ?? NaN);
  }
}
