/**
 * The matrix product that every convolution and dense layer uses. Matrices are dense and row-major.
 * The product is added to C, so a caller can start from the bias or sum over chunks of a batch.
 *
 * Each 2 x 4 tile of C is summed in local variables. Together with the operands, this is as many as
 * fit the 16 floating-point registers of x64: a 4 x 4 tile spills to memory and was a third slower
 * when measured in V8.
 */

/**
 * How much of the summed dimension is worked on at a time: short enough for the strips in use to
 * stay in the first-level cache.
 */
const DEPTH = 256;

/** C[m, n] += A[m, k] B[k, n] */
export function multiplyAdd(c: Float64Array, a: Float64Array, b: Float64Array, m: number, n: number, k: number): void {
  blocks(c, a, b, m, n, k, k, 1, n, 1);
}

/** C[m, n] += A[k, m]^T B[k, n] */
export function multiplyAddTransposedA(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  blocks(c, a, b, m, n, k, 1, m, n, 1);
}

/** C[m, n] += A[m, k] B[n, k]^T */
export function multiplyAddTransposedB(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  blocks(c, a, b, m, n, k, k, 1, 1, k);
}

/**
 * Adds a product of matrices given by their strides, which also covers transposed ones: A(i, p) is
 * a[i * aRow + p * aColumn], B(p, j) is b[p * bRow + j * bColumn].
 */
function blocks(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  aRow: number,
  aColumn: number,
  bRow: number,
  bColumn: number,
): void {
  const wholeRows = m & ~3;
  const wholeColumns = n & ~3;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = Math.min(DEPTH, k - p);
    const aStart = p * aColumn;
    const bStart = p * bRow;
    strips(c, a, b, 0, n, 1, m, wholeColumns, depth, aStart, aRow, aColumn, bStart, bRow, bColumn);
    if (wholeColumns === n) continue;
    // The last one to three columns are computed as rows of the transposed product, C^T = B^T A^T.
    const bRest = bStart + wholeColumns * bColumn;
    strips(
      c,
      b,
      a,
      wholeColumns,
      1,
      n,
      n - wholeColumns,
      wholeRows,
      depth,
      bRest,
      bColumn,
      bRow,
      aStart,
      aColumn,
      aRow,
    );
    for (let i = wholeRows; i < m; i++) {
      for (let j = wholeColumns; j < n; j++) {
        c[i * n + j] = (c[i * n + j] ?? NaN) + dot(a, b, depth, aStart + i * aRow, aColumn, bStart + j * bColumn, bRow);
      }
    }
  }
}

/**
 * Adds a product whose number of columns is a multiple of four: two rows at a time, then the last
 * one if the number of rows is odd.
 */
function strips(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  cStart: number,
  cRow: number,
  cColumn: number,
  m: number,
  n: number,
  depth: number,
  aStart: number,
  aRow: number,
  aColumn: number,
  bStart: number,
  bRow: number,
  bColumn: number,
): void {
  let i = 0;
  for (; i + 2 <= m; i += 2) {
    for (let j = 0; j < n; j += 4) {
      const to = cStart + i * cRow + j * cColumn;
      tile2x4(c, a, b, to, cRow, cColumn, depth, aStart + i * aRow, aRow, aColumn, bStart + j * bColumn, bRow, bColumn);
    }
  }
  if (i === m) return;
  for (let j = 0; j < n; j += 4) {
    const to = cStart + i * cRow + j * cColumn;
    tile1x4(c, a, b, to, cColumn, depth, aStart + i * aRow, aColumn, bStart + j * bColumn, bRow, bColumn);
  }
}

function tile2x4(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  to: number,
  cRow: number,
  cColumn: number,
  depth: number,
  aAt: number,
  aRow: number,
  aColumn: number,
  bAt: number,
  bRow: number,
  bColumn: number,
): void {
  let [c00, c01, c02, c03, c10, c11, c12, c13] = [0, 0, 0, 0, 0, 0, 0, 0];
  // `| 0` tells the compiler that an index is a 32-bit integer.
  const second = (2 * bColumn) | 0;
  const third = (3 * bColumn) | 0;
  for (let p = 0; p < depth; p++) {
    const a0 = a[aAt] ?? NaN;
    const a1 = a[(aAt + aRow) | 0] ?? NaN;
    const b0 = b[bAt] ?? NaN;
    const b1 = b[(bAt + bColumn) | 0] ?? NaN;
    const b2 = b[(bAt + second) | 0] ?? NaN;
    const b3 = b[(bAt + third) | 0] ?? NaN;
    c00 += a0 * b0;
    c10 += a1 * b0;
    c01 += a0 * b1;
    c11 += a1 * b1;
    c02 += a0 * b2;
    c12 += a1 * b2;
    c03 += a0 * b3;
    c13 += a1 * b3;
    aAt = (aAt + aColumn) | 0;
    bAt = (bAt + bRow) | 0;
  }
  addRow(c, to, cColumn, c00, c01, c02, c03);
  addRow(c, to + cRow, cColumn, c10, c11, c12, c13);
}

function tile1x4(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  to: number,
  cColumn: number,
  depth: number,
  aAt: number,
  aColumn: number,
  bAt: number,
  bRow: number,
  bColumn: number,
): void {
  let [c0, c1, c2, c3] = [0, 0, 0, 0];
  for (let p = 0; p < depth; p++) {
    const a0 = a[aAt] ?? NaN;
    c0 += a0 * (b[bAt] ?? NaN);
    c1 += a0 * (b[(bAt + bColumn) | 0] ?? NaN);
    c2 += a0 * (b[(bAt + 2 * bColumn) | 0] ?? NaN);
    c3 += a0 * (b[(bAt + 3 * bColumn) | 0] ?? NaN);
    aAt = (aAt + aColumn) | 0;
    bAt = (bAt + bRow) | 0;
  }
  addRow(c, to, cColumn, c0, c1, c2, c3);
}

function addRow(c: Float64Array, to: number, step: number, c0: number, c1: number, c2: number, c3: number): void {
  c[to] = (c[to] ?? NaN) + c0;
  c[to + step] = (c[to + step] ?? NaN) + c1;
  c[to + 2 * step] = (c[to + 2 * step] ?? NaN) + c2;
  c[to + 3 * step] = (c[to + 3 * step] ?? NaN) + c3;
}

function dot(
  a: Float64Array,
  b: Float64Array,
  depth: number,
  aAt: number,
  aStep: number,
  bAt: number,
  bStep: number,
): number {
  let sum = 0;
  for (let p = 0; p < depth; p++) sum += (a[aAt + p * aStep] ?? NaN) * (b[bAt + p * bStep] ?? NaN);
  return sum;
}
