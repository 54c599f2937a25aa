// L2 norms over the whole range of float32, for the shaders that take sums of squares and that read
// them. The square of a number below 1e-19 is less than float32 can hold, and that of one above
// 1.8e19 more. So each number is squared at three scales, and the norm is taken from the sum that
// lost nothing: the three accumulators of Blue 1978, "A Portable Fortran Program to Find the
// Euclidean Norm of a Vector", https://doi.org/10.1145/355769.355771. The scales are powers of two,
// which change no digit. Blue sorts the numbers by size; here each sum takes them all, because that
// needs no branch. A GPU may take numbers below 2^-126 (1.2e-38) for 0. Belongs to step.wgsl.

const ENLARGE = 0x1p90f;
const REDUCE = 0x1p-80f;

/// The plain sum lost nothing from here on: a square that underflows is less than 2^-126, so even
/// 2^30 of them are less than 2^-32 of the sum.
const LEAST_PLAIN = 0x1p-64f;

/// A norm that may lie outside the range of float32: it is `root * unit`.
struct Norm {
  root: f32,
  scale: f32, // what the numbers were multiplied by
  unit: f32,  // 1 / scale
}

/// The squares of a number: enlarged, as it is, and reduced.
fn squaresOf(v: f32) -> vec3f {
  let scaled = v * vec3f(ENLARGE, 1.0, REDUCE);
  return scaled * scaled;
}

/// The norm from sums of such squares. NaN and infinity are in the reduced sum too.
fn normOf(sums: vec3f) -> Norm {
  if (!isFinite(sums.y)) { return Norm(sqrt(sums.z), REDUCE, 0x1p80f); }
  if (sums.y < LEAST_PLAIN) { return Norm(sqrt(sums.x), ENLARGE, 0x1p-90f); }
  return Norm(sqrt(sums.y), 1.0, 1.0);
}
