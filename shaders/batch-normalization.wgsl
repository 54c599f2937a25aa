// Batch normalization over the last axis (Keras `BatchNormalization`; Ioffe & Szegedy 2015,
// algorithm 1 and section 3). In training, with statistics of the batch:
//   moments          mean and squared deviations of a share of the values, per thread
//   mergeMoments     mean and biased variance of each channel
//   normalize        y = gamma * xhat + beta, where xhat = (x - mean) / sqrt(variance + epsilon)
//   gradientSums     sums of dy * xhat and of dy over a share of the values, per thread
//   mergeSums        dgamma = sum of dy * xhat and dbeta = sum of dy of each channel
//   inputGradient    dx = gamma / sqrt(variance + epsilon) * (dy - dbeta / n - xhat * dgamma / n)
// In use the running averages replace the statistics of the batch: only `normalize` runs, and dx
// loses its last two terms.
//
// Tensors are read as vec4s whatever the number of channels. Thread t of T reads the vec4s t,
// t + T, t + 2T, ..., where 4T is a multiple of C. Component j of all of them is then channel
// (4t + j) % C, and the results of all threads, [T] vec4s, can also be read as [4T / C, C] scalars.
// Rows past `step.count` are padding and do not count. Uses step.wgsl.

override C: u32 = 1u;          // channels
override SIZE: u32 = 1u;       // values per image: H * W * C
override PERIOD: u32 = 1u;     // vec4s after which the channels repeat: C / gcd(C, 4)
override EPSILON: f32 = 1e-3;
override SCALE: bool = true;   // whether there is a gamma
override CENTER: bool = true;  // whether there is a beta
override TRAINING: bool = true;
override WORKGROUP: u32 = 64u;

// -------------------------------------------------------------------------------------- statistics

@group(0) @binding(0) var<storage, read> x: array<vec4f>;                // [N, H, W, C]
@group(0) @binding(1) var<storage, read_write> shareMean: array<vec4f>;  // [T], as scalars [4T / C, C]
@group(0) @binding(2) var<storage, read_write> shareSquares: array<vec4f>; // [T], sums of (x - shareMean)^2

/// Which components of a vec4 belong to images of the batch, not to padding.
fn present(at: u32) -> vec4<bool> {
  return vec4u(4u * at) + vec4u(0u, 1u, 2u, 3u) < vec4u(step.count * SIZE);
}

/// How many values component `at` of the threads' results was computed from, out of `stride` such
/// components.
fn shareCount(at: u32, stride: u32) -> f32 {
  let values = step.count * SIZE;
  return f32(select(0u, (values - at - 1u) / stride + 1u, at < values));
}

/// Two passes: the mean first, then deviations from it. The difference of two large sums would lose
/// precision where the mean is large.
@compute @workgroup_size(WORKGROUP)
fn moments(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let t = gid.x + gid.y * groups.x * WORKGROUP;
  let threads = arrayLength(&shareMean);
  if (t >= threads) { return; }
  let end = min(arrayLength(&x), (step.count * SIZE + 3u) / 4u);
  let start = select(vec4f(), x[t], present(t));
  var sum = vec4f();
  for (var i = t; i < end; i += threads) { sum += select(vec4f(), x[i] - start, present(i)); }
  var counts = vec4f();
  for (var j = 0u; j < 4u; j++) { counts[j] = shareCount(4u * t + j, 4u * threads); }
  let mean = start + sum / max(counts, vec4f(1.0));
  var squares = vec4f();
  for (var i = t; i < end; i += threads) {
    let deviation = select(vec4f(), x[i] - mean, present(i));
    squares += deviation * deviation;
  }
  shareMean[t] = mean;
  shareSquares[t] = squares;
}

@group(0) @binding(0) var<storage, read_write> meanOf: array<f32>;      // shareMean as [shares, C]; read only
@group(0) @binding(1) var<storage, read_write> squaresOf: array<f32>;   // shareSquares as [shares, C]; read only
@group(0) @binding(2) var<storage, read_write> batchMean: array<f32>;     // [C]
@group(0) @binding(3) var<storage, read_write> batchVariance: array<f32>; // [C]

var<workgroup> parts: array<vec2f, WORKGROUP>;

/// Adds up the parts of all threads of the workgroup, in a fixed order.
fn sumOverLanes(lane: u32, part: vec2f) -> vec2f {
  workgroupBarrier();
  parts[lane] = part;
  workgroupBarrier();
  var sum = vec2f();
  for (var i = 0u; i < WORKGROUP; i++) { sum += parts[i]; }
  return sum;
}

/// One workgroup per channel. With means m_s and counts n_s of the shares, the squared deviations
/// from the mean m of all are the sum of squares_s + n_s (m_s - m)^2 (Chan, Golub & LeVeque 1983).
@compute @workgroup_size(WORKGROUP)
fn mergeMoments(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let channel = group.x + group.y * groups.x;
  let stride = arrayLength(&meanOf);
  let end = select(0u, stride, channel < C);
  let start = meanOf[channel];
  var shift = vec2f();
  for (var at = channel + lane * C; at < end; at += WORKGROUP * C) {
    shift += vec2f((meanOf[at] - start) * shareCount(at, stride), 0.0);
  }
  let n = f32(step.count * (SIZE / C));
  let mean = start + sumOverLanes(lane, shift).x / n;
  var squares = vec2f();
  for (var at = channel + lane * C; at < end; at += WORKGROUP * C) {
    let deviation = meanOf[at] - mean;
    squares += vec2f(squaresOf[at] + deviation * deviation * shareCount(at, stride), 0.0);
  }
  let variance = sumOverLanes(lane, squares).x / n;
  if (lane == 0u && channel < C) {
    batchMean[channel] = mean;
    batchVariance[channel] = variance;
  }
}

// ----------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> xIn: array<vec4f>;    // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read> mean: array<f32>;           // [C], of the batch or the running average
@group(0) @binding(2) var<storage, read> variance: array<f32>;       // [C]
@group(0) @binding(3) var<storage, read> gamma: array<f32>;          // [C]
@group(0) @binding(4) var<storage, read> beta: array<f32>;           // [C]
@group(0) @binding(5) var<storage, read_write> y: array<vec4f>;      // [N, H, W, C]

/// The channels of the four components of every vec4 that thread t reads.
fn channelsOf(t: u32) -> vec4u {
  return (vec4u(4u * t) + vec4u(0u, 1u, 2u, 3u)) % C;
}

/// The number of threads that take part, a multiple of PERIOD.
fn threadsOf(groups: vec3u) -> u32 {
  return groups.x * groups.y * WORKGROUP / PERIOD * PERIOD;
}

/// 1 / sqrt(variance + epsilon). An infinite variance becomes NaN: with 0 the overflow would go
/// unnoticed.
fn inverseDeviation(v: f32) -> f32 {
  var nanBits = 0x7fc00000u;
  return select(bitcast<f32>(nanBits), 1.0 / sqrt(v + EPSILON), isFinite(v));
}

@compute @workgroup_size(WORKGROUP)
fn normalize(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let t = gid.x + gid.y * groups.x * WORKGROUP;
  let threads = threadsOf(groups);
  if (t >= threads) { return; }
  let channels = channelsOf(t);
  var center = vec4f();
  var factor = vec4f();
  var offset = vec4f();
  for (var j = 0u; j < 4u; j++) {
    let c = channels[j];
    center[j] = mean[c];
    factor[j] = inverseDeviation(variance[c]) * select(1.0, gamma[c], SCALE);
    offset[j] = select(0.0, beta[c], CENTER);
  }
  for (var i = t; i < arrayLength(&y); i += threads) { y[i] = (xIn[i] - center) * factor + offset; }
}

// ---------------------------------------------------------------------------------------- backward

@group(0) @binding(3) var<storage, read> dyIn: array<vec4f>;             // [N, H, W, C]
@group(0) @binding(4) var<storage, read_write> shareDgamma: array<vec4f>; // [T], as scalars [4T / C, C]
@group(0) @binding(5) var<storage, read_write> shareDbeta: array<vec4f>;  // [T]

@compute @workgroup_size(WORKGROUP)
fn gradientSums(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let t = gid.x + gid.y * groups.x * WORKGROUP;
  let threads = arrayLength(&shareDgamma);
  if (t >= threads) { return; }
  let channels = channelsOf(t);
  var center = vec4f();
  var factor = vec4f();
  for (var j = 0u; j < 4u; j++) {
    center[j] = mean[channels[j]];
    factor[j] = inverseDeviation(variance[channels[j]]);
  }
  let end = min(arrayLength(&x), (step.count * SIZE + 3u) / 4u);
  var dgamma = vec4f();
  var dbeta = vec4f();
  for (var i = t; i < end; i += threads) {
    let dy = select(vec4f(), dyIn[i], present(i));
    dgamma += dy * select(vec4f(), x[i] - center, present(i));
    dbeta += dy;
  }
  shareDgamma[t] = dgamma * factor;
  shareDbeta[t] = dbeta;
}

@group(0) @binding(0) var<storage, read_write> dgammaOf: array<f32>; // shareDgamma as [shares, C]; read only
@group(0) @binding(1) var<storage, read_write> dbetaOf: array<f32>;  // shareDbeta as [shares, C]; read only
@group(0) @binding(2) var<storage, read_write> dgamma: array<f32>;   // [C]
@group(0) @binding(3) var<storage, read_write> dbeta: array<f32>;    // [C]

/// One workgroup per channel.
@compute @workgroup_size(WORKGROUP)
fn mergeSums(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let channel = group.x + group.y * groups.x;
  let end = select(0u, arrayLength(&dgammaOf), channel < C);
  var part = vec2f();
  for (var at = channel + lane * C; at < end; at += WORKGROUP * C) { part += vec2f(dgammaOf[at], dbetaOf[at]); }
  let sum = sumOverLanes(lane, part);
  if (lane == 0u && channel < C) {
    dgamma[channel] = sum.x;
    dbeta[channel] = sum.y;
  }
}

@group(0) @binding(4) var<storage, read_write> dy: array<vec4f>; // [N, H, W, C]; read only, in the buffer of dx
@group(0) @binding(5) var<storage, read> dgammaIn: array<f32>;   // [C]
@group(0) @binding(6) var<storage, read> dbetaIn: array<f32>;    // [C]
@group(0) @binding(7) var<storage, read_write> dx: array<vec4f>; // [N, H, W, C]

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let t = gid.x + gid.y * groups.x * WORKGROUP;
  let threads = threadsOf(groups);
  if (t >= threads) { return; }
  let channels = channelsOf(t);
  let n = f32(step.count * (SIZE / C));
  var center = vec4f();
  var factor = vec4f();   // the factor of dy
  var meanDy = vec4f();   // dbeta / n
  var slope = vec4f();    // the factor of x - mean: dgamma / (n sqrt(variance + epsilon))
  for (var j = 0u; j < 4u; j++) {
    let c = channels[j];
    let inverse = inverseDeviation(variance[c]);
    center[j] = mean[c];
    factor[j] = inverse * select(1.0, gamma[c], SCALE);
    meanDy[j] = select(0.0, dbetaIn[c] / n, TRAINING);
    slope[j] = select(0.0, inverse * dgammaIn[c] / n, TRAINING);
  }
  for (var i = t; i < arrayLength(&dx); i += threads) {
    let gradient = factor * (dy[i] - meanDy - (x[i] - center) * slope);
    // The gradient of a padding row is 0: it had no part in mean and variance.
    dx[i] = select(vec4f(), gradient, present(i));
  }
}
