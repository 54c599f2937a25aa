enable subgroups;
// The loop bounds are the same for all lanes of a subgroup, but the compiler cannot see that.
diagnostic(off, subgroup_uniformity);

// The products of dense.wgsl in 8 x 8 tiles, four rounds of the sum at a time, for software
// adapters whose subgroups are 4 lanes of a CPU (see conv2d-strips.wgsl). The lanes of a subgroup
// work on the same columns: each loads a quarter of that operand and broadcasts it. Bindings and
// helpers are those of dense.wgsl, which the runtime appends to this file.

/// Whether this computes dL/dx, the product of dz with the transposed weights. K then counts units,
/// and U inputs.
override TRANSPOSED: bool = false;

/// Eight columns of one row.
struct Eight { low: vec4f, high: vec4f }

/// Eight columns of four rows of the operand that the lanes share.
struct Block { k0: Eight, k1: Eight, k2: Eight, k3: Eight }

/// Four values, of which each lane of the subgroup has loaded one.
fn shared4(value: f32) -> vec4f {
  return vec4f(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u),
    subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
  );
}

// Written component by component: a software adapter keeps one running sum in a register, but not
// eight.
fn addFour(s: vec4f, v: vec4f, w0: vec4f, w1: vec4f, w2: vec4f, w3: vec4f) -> vec4f {
  return vec4f(
    s.x + v.x * w0.x + v.y * w1.x + v.z * w2.x + v.w * w3.x,
    s.y + v.x * w0.y + v.y * w1.y + v.z * w2.y + v.w * w3.y,
    s.z + v.x * w0.z + v.y * w1.z + v.z * w2.z + v.w * w3.z,
    s.w + v.x * w0.w + v.y * w1.w + v.z * w2.w + v.w * w3.w,
  );
}

fn addRow(s: Eight, v: vec4f, w: Block) -> Eight {
  return Eight(
    addFour(s.low, v, w.k0.low, w.k1.low, w.k2.low, w.k3.low),
    addFour(s.high, v, w.k0.high, w.k1.high, w.k2.high, w.k3.high),
  );
}

// ----------------------------------------------------------------------------------------- forward

/// Weights of input k for units u to u + 7, zeros past the last input. Units past U read the
/// weights of others; their results are never stored.
fn weights8(k: u32, u: u32, lane: u32) -> Eight {
  let low = u + lane;
  let high = low + 4u;
  let a = weight[select(k * U + low, low * K + k, TRANSPOSED)];
  let b = weight[select(k * U + high, high * K + k, TRANSPOSED)];
  return Eight(shared4(select(0.0, a, k < K)), shared4(select(0.0, b, k < K)));
}

/// Four inputs of the example whose inputs begin at `row`. Past the end it repeats the last one,
/// whose weight is 0.
fn inputs4(row: u32, k: u32) -> vec4f {
  return vec4f(x[row + k], x[row + min(k + 1u, K - 1u)], x[row + min(k + 2u, K - 1u)], x[row + min(k + 3u, K - 1u)]);
}

@compute @workgroup_size(WORKGROUP)
fn wideForward(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let rows = arrayLength(&y) / U;
  // Rounded up so that no subgroup straddles two columns of tiles.
  let tiles = (rows + 31u) / 32u * 4u;
  let u = tile / tiles * 8u;
  let n = tile % tiles * 8u;

  let i0 = min(n + 0u, rows - 1u) * K; var s0 = Eight();
  let i1 = min(n + 1u, rows - 1u) * K; var s1 = Eight();
  let i2 = min(n + 2u, rows - 1u) * K; var s2 = Eight();
  let i3 = min(n + 3u, rows - 1u) * K; var s3 = Eight();
  let i4 = min(n + 4u, rows - 1u) * K; var s4 = Eight();
  let i5 = min(n + 5u, rows - 1u) * K; var s5 = Eight();
  let i6 = min(n + 6u, rows - 1u) * K; var s6 = Eight();
  let i7 = min(n + 7u, rows - 1u) * K; var s7 = Eight();
  for (var k = 0u; k < K; k += 4u) {
    let w = Block(
      weights8(k, u, lane), weights8(k + 1u, u, lane),
      weights8(k + 2u, u, lane), weights8(k + 3u, u, lane),
    );
    s0 = addRow(s0, inputs4(i0, k), w);
    s1 = addRow(s1, inputs4(i1, k), w);
    s2 = addRow(s2, inputs4(i2, k), w);
    s3 = addRow(s3, inputs4(i3, k), w);
    s4 = addRow(s4, inputs4(i4, k), w);
    s5 = addRow(s5, inputs4(i5, k), w);
    s6 = addRow(s6, inputs4(i6, k), w);
    s7 = addRow(s7, inputs4(i7, k), w);
  }
  var sums = array<vec4f, 16>(
    s0.low, s0.high, s1.low, s1.high, s2.low, s2.high, s3.low, s3.high,
    s4.low, s4.high, s5.low, s5.high, s6.low, s6.high, s7.low, s7.high,
  );
  for (var i = 0u; i < 16u; i++) { storeOutput(n + i / 2u, u + i % 2u * 4u, sums[i]); }
}

// --------------------------------------------------------------------------------- weight gradient

/// dL/dz of example n for units u to u + 7, zeros past the last example.
fn gradients8(n: u32, end: u32, u: u32, lane: u32) -> Eight {
  let z = n * U + u + lane;
  return Eight(shared4(select(0.0, dzIn[z], n < end)), shared4(select(0.0, dzIn[z + 4u], n < end)));
}

/// Input k of four examples. Past the end it repeats the last, whose gradient counts 0.
fn examples4(n: u32, last: u32, k: u32) -> vec4f {
  return vec4f(x[n * K + k], x[min(n + 1u, last) * K + k], x[min(n + 2u, last) * K + k], x[min(n + 3u, last) * K + k]);
}

@compute @workgroup_size(WORKGROUP)
fn wideWeightGradient(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (U + 7u) / 8u;
  let tiles = (K + 31u) / 32u * 4u;
  let k = id % tiles * 8u;
  let u = id / tiles % columns * 8u;
  let split = id / (columns * tiles);
  let splits = arrayLength(&weightPartials) / (K * U);
  let images = arrayLength(&dzIn) / U;
  // Past the last part there are no images, and rows past the last are never stored.
  let end = select(0u, (split + 1u) * images / splits, split < splits);

  let last = K - 1u;
  var s0 = Eight(); var s1 = Eight(); var s2 = Eight(); var s3 = Eight();
  var s4 = Eight(); var s5 = Eight(); var s6 = Eight(); var s7 = Eight();
  var biasSum = Eight();
  for (var n = split * images / splits; n < end; n += 4u) {
    let g = Block(
      gradients8(n, end, u, lane), gradients8(n + 1u, end, u, lane),
      gradients8(n + 2u, end, u, lane), gradients8(n + 3u, end, u, lane),
    );
    biasSum = addRow(biasSum, vec4f(1.0), g);
    s0 = addRow(s0, examples4(n, end - 1u, min(k + 0u, last)), g);
    s1 = addRow(s1, examples4(n, end - 1u, min(k + 1u, last)), g);
    s2 = addRow(s2, examples4(n, end - 1u, min(k + 2u, last)), g);
    s3 = addRow(s3, examples4(n, end - 1u, min(k + 3u, last)), g);
    s4 = addRow(s4, examples4(n, end - 1u, min(k + 4u, last)), g);
    s5 = addRow(s5, examples4(n, end - 1u, min(k + 5u, last)), g);
    s6 = addRow(s6, examples4(n, end - 1u, min(k + 6u, last)), g);
    s7 = addRow(s7, examples4(n, end - 1u, min(k + 7u, last)), g);
  }
  if (split >= splits) { return; }
  var sums = array<vec4f, 16>(
    s0.low, s0.high, s1.low, s1.high, s2.low, s2.high, s3.low, s3.high,
    s4.low, s4.high, s5.low, s5.high, s6.low, s6.high, s7.low, s7.high,
  );
  for (var i = 0u; i < 16u; i++) { storeWeightGradient(split, k + i / 2u, u + i % 2u * 4u, sums[i]); }
  if (USE_BIAS && k == 0u) {
    storeBiasGradient(split, u, biasSum.low);
    storeBiasGradient(split, u + 4u, biasSum.high);
  }
}
