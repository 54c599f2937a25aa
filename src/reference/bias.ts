import type { Numbers } from './numbers';

/**
 * Every row of [rows, columns] becomes the bias, or zeros without one: where a product plus bias
 * starts from.
 */
export function fillRows(matrix: Float64Array, bias: Numbers | undefined, rows: number, columns: number): void {
  if (!bias) {
    matrix.fill(0, 0, rows * columns);
    return;
  }
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) matrix[at++] = bias[c];
  }
}

/**
 * sums[c] += sum over the rows of [rows, columns]: dL/d(bias), as each row has had the bias added
 * once.
 */
export function addColumnSums(sums: Float64Array, matrix: Float64Array, rows: number, columns: number): void {
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) sums[c] += matrix[at++];
  }
}
