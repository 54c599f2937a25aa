// C = A * B for 512 x 512 matrices. Each invocation computes a tile of C in registers, and nothing
// is shared. This shows how fast the adapter multiplies when no awkward shape slows it down.

const SIZE = 512u;
const COLUMNS = 128u;          // vec4s in a row

@group(0) @binding(0) var<storage, read> a: array<f32>;             // [512, 512]
@group(0) @binding(1) var<storage, read> b: array<vec4f>;           // [512, 128] vec4s
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;     // [512, 128] vec4s

/// 4 x 4 numbers for each invocation.
@compute @workgroup_size(64)
fn tile4x4(@builtin(global_invocation_id) gid: vec3u) {
  let column = gid.x % (COLUMNS / 1u) * 1u;
  let row = gid.x / (COLUMNS / 1u) * 4u;
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  for (var k = 0u; k < SIZE; k++) {
    let at = row * SIZE + k;
    let wa = b[k * COLUMNS + column + 0u];
    let v0 = a[at + 0u * SIZE]; a0 += v0 * wa;
    let v1 = a[at + 1u * SIZE]; a1 += v1 * wa;
    let v2 = a[at + 2u * SIZE]; a2 += v2 * wa;
    let v3 = a[at + 3u * SIZE]; a3 += v3 * wa;
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var i = 0u; i < 4u; i++) { c[(row + i / 1u) * COLUMNS + column + i % 1u] = sums[i]; }
}

/// 8 x 8 numbers for each invocation.
@compute @workgroup_size(32)
fn tile8x8(@builtin(global_invocation_id) gid: vec3u) {
  let column = gid.x % (COLUMNS / 2u) * 2u;
  let row = gid.x / (COLUMNS / 2u) * 8u;
  var a0 = vec4f(); var b0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f();
  for (var k = 0u; k < SIZE; k++) {
    let at = row * SIZE + k;
    let wa = b[k * COLUMNS + column + 0u];
    let wb = b[k * COLUMNS + column + 1u];
    let v0 = a[at + 0u * SIZE]; a0 += v0 * wa; b0 += v0 * wb;
    let v1 = a[at + 1u * SIZE]; a1 += v1 * wa; b1 += v1 * wb;
    let v2 = a[at + 2u * SIZE]; a2 += v2 * wa; b2 += v2 * wb;
    let v3 = a[at + 3u * SIZE]; a3 += v3 * wa; b3 += v3 * wb;
    let v4 = a[at + 4u * SIZE]; a4 += v4 * wa; b4 += v4 * wb;
    let v5 = a[at + 5u * SIZE]; a5 += v5 * wa; b5 += v5 * wb;
    let v6 = a[at + 6u * SIZE]; a6 += v6 * wa; b6 += v6 * wb;
    let v7 = a[at + 7u * SIZE]; a7 += v7 * wa; b7 += v7 * wb;
  }
  var sums = array<vec4f, 16>(a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7);
  for (var i = 0u; i < 16u; i++) { c[(row + i / 2u) * COLUMNS + column + i % 2u] = sums[i]; }
}

/// 8 x 16 numbers for each invocation.
@compute @workgroup_size(16)
fn tile8x16(@builtin(global_invocation_id) gid: vec3u) {
  let column = gid.x % (COLUMNS / 4u) * 4u;
  let row = gid.x / (COLUMNS / 4u) * 8u;
  var a0 = vec4f(); var b0 = vec4f(); var c0 = vec4f(); var d0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f(); var c1 = vec4f(); var d1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f(); var c2 = vec4f(); var d2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f(); var c3 = vec4f(); var d3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f(); var c4 = vec4f(); var d4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f(); var c5 = vec4f(); var d5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f(); var c6 = vec4f(); var d6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f(); var c7 = vec4f(); var d7 = vec4f();
  for (var k = 0u; k < SIZE; k++) {
    let at = row * SIZE + k;
    let wa = b[k * COLUMNS + column + 0u];
    let wb = b[k * COLUMNS + column + 1u];
    let wc = b[k * COLUMNS + column + 2u];
    let wd = b[k * COLUMNS + column + 3u];
    let v0 = a[at + 0u * SIZE]; a0 += v0 * wa; b0 += v0 * wb; c0 += v0 * wc; d0 += v0 * wd;
    let v1 = a[at + 1u * SIZE]; a1 += v1 * wa; b1 += v1 * wb; c1 += v1 * wc; d1 += v1 * wd;
    let v2 = a[at + 2u * SIZE]; a2 += v2 * wa; b2 += v2 * wb; c2 += v2 * wc; d2 += v2 * wd;
    let v3 = a[at + 3u * SIZE]; a3 += v3 * wa; b3 += v3 * wb; c3 += v3 * wc; d3 += v3 * wd;
    let v4 = a[at + 4u * SIZE]; a4 += v4 * wa; b4 += v4 * wb; c4 += v4 * wc; d4 += v4 * wd;
    let v5 = a[at + 5u * SIZE]; a5 += v5 * wa; b5 += v5 * wb; c5 += v5 * wc; d5 += v5 * wd;
    let v6 = a[at + 6u * SIZE]; a6 += v6 * wa; b6 += v6 * wb; c6 += v6 * wc; d6 += v6 * wd;
    let v7 = a[at + 7u * SIZE]; a7 += v7 * wa; b7 += v7 * wb; c7 += v7 * wc; d7 += v7 * wd;
  }
  var sums = array<vec4f, 32>(
    a0, b0, c0, d0, a1, b1, c1, d1, a2, b2, c2, d2, a3, b3, c3, d3,
    a4, b4, c4, d4, a5, b5, c5, d5, a6, b6, c6, d6, a7, b7, c7, d7,
  );
  for (var i = 0u; i < 32u; i++) { c[(row + i / 4u) * COLUMNS + column + i % 4u] = sums[i]; }
}
