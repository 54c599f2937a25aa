// Fully connected layer (Keras `Dense`), weights [K, U]. Three matrix products in 4 x 4 register
// tiles:
//   forward         y[n, u]  = activation(bias[u] + sum over k of x[n, k] * weight[k, u])
//   inputGradient   dx[n, k] = sum over u of dz[n, u] * weight[k, u]
//   weightGradient  dw[k, u] = sum over n of x[n, k] * dz[n, u], in parts over the batch
// The number of rows N follows from the lengths of the bindings, so one pipeline serves every batch
// size. Uses activations.wgsl.

override K: u32 = 1u;          // inputs
override U: u32 = 1u;          // units
override USE_BIAS: bool = true;
override WORKGROUP: u32 = 64u;

// ----------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> x: array<f32>;   // [N, K]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read> weight: array<f32>;    // [K, U]
@group(0) @binding(2) var<storage, read> bias: array<f32>;      // [U]
@group(0) @binding(3) var<storage, read_write> y: array<f32>;   // [N, U]

fn storeOutput(n: u32, u: u32, sum: vec4f) {
  if (n >= arrayLength(&y) / U || u >= U) { return; }
  let last = U - 1u;
  let b = vec4f(bias[u], bias[min(u + 1u, last)], bias[min(u + 2u, last)], bias[min(u + 3u, last)]);
  let a = activate(sum + select(vec4f(), b, USE_BIAS));
  let i = n * U + u;
  y[i] = a.x;
  if (u + 1u < U) { y[i + 1u] = a.y; }
  if (u + 2u < U) { y[i + 2u] = a.z; }
  if (u + 3u < U) { y[i + 3u] = a.w; }
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (U + 3u) / 4u;
  let u = tile % columns * 4u;
  let n = tile / columns * 4u;
  let rows = arrayLength(&y) / U;
  if (n >= rows) { return; }

  let i0 = min(n + 0u, rows - 1u) * K;
  let i1 = min(n + 1u, rows - 1u) * K;
  let i2 = min(n + 2u, rows - 1u) * K;
  let i3 = min(n + 3u, rows - 1u) * K;
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  var w = u;
  for (var k = 0u; k < K; k++) {
    // Units past U read a neighbour's weight; their results are never stored.
    let wa = vec4f(weight[w], weight[w + 1u], weight[w + 2u], weight[w + 3u]);
    a0 += x[i0 + k] * wa;
    a1 += x[i1 + k] * wa;
    a2 += x[i2 + k] * wa;
    a3 += x[i3 + k] * wa;
    w += U;
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var i = 0u; i < 4u; i++) { storeOutput(n + i, u, sums[i]); }
}

// ---------------------------------------------------------------------------------- input gradient

@group(0) @binding(0) var<storage, read_write> dz: array<f32>;  // [N, U]; read only, in the buffer of dx
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, K]

fn storeInputGradient(n: u32, k: u32, sum: vec4f) {
  if (n >= arrayLength(&dx) / K) { return; }
  let i = n * K + k;
  dx[i] = sum.x;
  if (k + 1u < K) { dx[i + 1u] = sum.y; }
  if (k + 2u < K) { dx[i + 2u] = sum.z; }
  if (k + 3u < K) { dx[i + 3u] = sum.w; }
}

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (K + 3u) / 4u;
  let k = tile % columns * 4u;
  let n = tile / columns * 4u;
  let rows = arrayLength(&dx) / K;
  if (n >= rows) { return; }

  let i0 = min(n + 0u, rows - 1u) * U;
  let i1 = min(n + 1u, rows - 1u) * U;
  let i2 = min(n + 2u, rows - 1u) * U;
  let i3 = min(n + 3u, rows - 1u) * U;
  let w0 = min(k + 0u, K - 1u) * U;
  let w1 = min(k + 1u, K - 1u) * U;
  let w2 = min(k + 2u, K - 1u) * U;
  let w3 = min(k + 3u, K - 1u) * U;
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  for (var u = 0u; u < U; u++) {
    let wa = vec4f(weight[w0 + u], weight[w1 + u], weight[w2 + u], weight[w3 + u]);
    a0 += dz[i0 + u] * wa;
    a1 += dz[i1 + u] * wa;
    a2 += dz[i2 + u] * wa;
    a3 += dz[i3 + u] * wa;
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var i = 0u; i < 4u; i++) { storeInputGradient(n + i, k, sums[i]); }
}

// --------------------------------------------------------------------------------- weight gradient

@group(0) @binding(1) var<storage, read_write> dzIn: array<f32>;           // [N, U]; read only
@group(0) @binding(2) var<storage, read_write> weightPartials: array<f32>; // [parts, K, U]
@group(0) @binding(3) var<storage, read_write> biasPartials: array<f32>;   // [parts, U]

fn storeWeightGradient(split: u32, k: u32, u: u32, sum: vec4f) {
  if (k >= K || u >= U) { return; }
  let i = (split * K + k) * U + u;
  weightPartials[i] = sum.x;
  if (u + 1u < U) { weightPartials[i + 1u] = sum.y; }
  if (u + 2u < U) { weightPartials[i + 2u] = sum.z; }
  if (u + 3u < U) { weightPartials[i + 3u] = sum.w; }
}

fn storeBiasGradient(split: u32, u: u32, sum: vec4f) {
  if (u >= U) { return; }
  let i = split * U + u;
  biasPartials[i] = sum.x;
  if (u + 1u < U) { biasPartials[i + 1u] = sum.y; }
  if (u + 2u < U) { biasPartials[i + 2u] = sum.z; }
  if (u + 3u < U) { biasPartials[i + 3u] = sum.w; }
}

@compute @workgroup_size(WORKGROUP)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (U + 3u) / 4u;
  let rows = (K + 3u) / 4u;
  let u = id % columns * 4u;
  let k = id / columns % rows * 4u;
  let split = id / (columns * rows);
  let splits = arrayLength(&weightPartials) / (K * U);
  if (split >= splits) { return; }
  let images = arrayLength(&dzIn) / U;

  let k0 = min(k + 0u, K - 1u);
  let k1 = min(k + 1u, K - 1u);
  let k2 = min(k + 2u, K - 1u);
  let k3 = min(k + 3u, K - 1u);
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  var biasSum = vec4f();
  for (var n = split * images / splits; n < (split + 1u) * images / splits; n++) {
    let z = n * U + u;
    // Units past U read the next row; their results are never stored.
    let g = vec4f(dzIn[z], dzIn[z + 1u], dzIn[z + 2u], dzIn[z + 3u]);
    biasSum += g;
    a0 += x[n * K + k0] * g;
    a1 += x[n * K + k1] * g;
    a2 += x[n * K + k2] * g;
    a3 += x[n * K + k3] * g;
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var i = 0u; i < 4u; i++) { storeWeightGradient(split, k + i, u, sums[i]); }
  if (USE_BIAS && k == 0u) { storeBiasGradient(split, u, biasSum); }
}
