// 2-D convolution, NHWC, weights [KH, KW, C, F] (Keras `Conv2D`). Three implicit matrix products:
//   forward         y[pixel, f]   = activation(bias[f] +
//                                   sum over taps, c of x[pixel + tap, c] * weight[tap, c, f])
//   inputGradient   dx[pixel, c]  = sum over taps, f of dz[pixel - tap, f] * weight[tap, c, f]
//   weightGradient  dw[tap, c, f] = sum over pixels  of x[pixel + tap, c] * dz[pixel, f],
//                                   in parts over the batch
// The number of images N follows from the lengths of the bindings, so one pipeline serves every
// batch size. Each invocation keeps an 8 x 8 tile of the result in registers: 16 loads feed
// 64 multiply-adds. Uses activations.wgsl.

override H: u32 = 1u;          // input height
override W: u32 = 1u;          // input width
override C: u32 = 1u;          // input channels
override OH: u32 = 1u;         // output height
override OW: u32 = 1u;         // output width
override F: u32 = 1u;          // filters
override KH: u32 = 1u;         // kernel height
override KW: u32 = 1u;         // kernel width
override SH: u32 = 1u;         // stride down
override SW: u32 = 1u;         // stride across
override DH: u32 = 1u;         // dilation: rows from one tap to the next
override DW: u32 = 1u;         // and columns
override PT: i32 = 0;          // zeros above the input
override PL: i32 = 0;          // zeros left of the input
override PADDED: bool = false; // whether a tap can fall outside the input
override USE_BIAS: bool = true;
override WORKGROUP: u32 = 64u;

// ----------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> x: array<f32>;   // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read> weight: array<f32>;    // [KH, KW, C, F]
@group(0) @binding(2) var<storage, read> bias: array<f32>;      // [F]
@group(0) @binding(3) var<storage, read_write> y: array<f32>;   // [N, OH, OW, F]

/// For an output pixel: the index of the image's first pixel, and the input row and column of the
/// first tap.
fn tapOrigin(pixel: u32) -> vec3i {
  let inImage = pixel % (OH * OW);
  return vec3i(i32(pixel / (OH * OW) * H * W), i32(inImage / OW * SH) - PT, i32(inImage % OW * SW) - PL);
}

// The helpers below use select() instead of branches: they are inlined eight times, and software
// adapters take seconds to compile code with that many branches.

/// The index of channel 0 of the input pixel under a tap, or -1 outside the input.
fn tapIndex(origin: vec3i, ky: u32, kx: u32) -> i32 {
  let iy = origin.y + i32(ky * DH);
  let ix = origin.z + i32(kx * DW);
  let index = (origin.x + iy * i32(W) + ix) * i32(C);
  return select(index, -1, PADDED & ((u32(iy) >= H) | (u32(ix) >= W)));
}

fn inputAt(index: i32, c: u32) -> f32 {
  return select(x[u32(max(index, 0)) + c], 0.0, index < 0);
}

/// The weights of four filters in one weight row. Columns past F read a neighbour's weight; their
/// results are never stored.
fn weights4(i: u32) -> vec4f {
  return vec4f(weight[i], weight[i + 1u], weight[i + 2u], weight[i + 3u]);
}

fn bias4(f: u32) -> vec4f {
  let last = F - 1u;
  let b = vec4f(bias[min(f, last)], bias[min(f + 1u, last)], bias[min(f + 2u, last)], bias[min(f + 3u, last)]);
  return select(vec4f(), b, USE_BIAS);
}

fn storeOutput(pixel: u32, f: u32, sum: vec4f) {
  if (pixel >= arrayLength(&y) / F || f >= F) { return; }
  let a = activate(sum);
  let i = pixel * F + f;
  y[i] = a.x;
  if (f + 1u < F) { y[i + 1u] = a.y; }
  if (f + 2u < F) { y[i + 2u] = a.z; }
  if (f + 3u < F) { y[i + 3u] = a.w; }
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (F + 7u) / 8u;
  let f = tile % columns * 8u;
  let first = tile / columns * 8u;
  let pixels = arrayLength(&y) / F;
  if (first >= pixels) { return; }

  let o0 = tapOrigin(min(first + 0u, pixels - 1u));
  let o1 = tapOrigin(min(first + 1u, pixels - 1u));
  let o2 = tapOrigin(min(first + 2u, pixels - 1u));
  let o3 = tapOrigin(min(first + 3u, pixels - 1u));
  let o4 = tapOrigin(min(first + 4u, pixels - 1u));
  let o5 = tapOrigin(min(first + 5u, pixels - 1u));
  let o6 = tapOrigin(min(first + 6u, pixels - 1u));
  let o7 = tapOrigin(min(first + 7u, pixels - 1u));
  let ba = bias4(f);
  let bb = bias4(f + 4u);
  var a0 = ba; var b0 = bb;
  var a1 = ba; var b1 = bb;
  var a2 = ba; var b2 = bb;
  var a3 = ba; var b3 = bb;
  var a4 = ba; var b4 = bb;
  var a5 = ba; var b5 = bb;
  var a6 = ba; var b6 = bb;
  var a7 = ba; var b7 = bb;
  for (var ky = 0u; ky < KH; ky++) {
    for (var kx = 0u; kx < KW; kx++) {
      let i0 = tapIndex(o0, ky, kx);
      let i1 = tapIndex(o1, ky, kx);
      let i2 = tapIndex(o2, ky, kx);
      let i3 = tapIndex(o3, ky, kx);
      let i4 = tapIndex(o4, ky, kx);
      let i5 = tapIndex(o5, ky, kx);
      let i6 = tapIndex(o6, ky, kx);
      let i7 = tapIndex(o7, ky, kx);
      var w = (ky * KW + kx) * C * F + f;
      for (var c = 0u; c < C; c++) {
        let wa = weights4(w);
        let wb = weights4(w + 4u);
        let v0 = inputAt(i0, c); a0 += v0 * wa; b0 += v0 * wb;
        let v1 = inputAt(i1, c); a1 += v1 * wa; b1 += v1 * wb;
        let v2 = inputAt(i2, c); a2 += v2 * wa; b2 += v2 * wb;
        let v3 = inputAt(i3, c); a3 += v3 * wa; b3 += v3 * wb;
        let v4 = inputAt(i4, c); a4 += v4 * wa; b4 += v4 * wb;
        let v5 = inputAt(i5, c); a5 += v5 * wa; b5 += v5 * wb;
        let v6 = inputAt(i6, c); a6 += v6 * wa; b6 += v6 * wb;
        let v7 = inputAt(i7, c); a7 += v7 * wa; b7 += v7 * wb;
        w += F;
      }
    }
  }
  var sums = array<vec4f, 16>(a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7);
  for (var i = 0u; i < 16u; i++) { storeOutput(first + i / 2u, f + i % 2u * 4u, sums[i]); }
}

// ---------------------------------------------------------------------------------- input gradient

@group(0) @binding(0) var<storage, read_write> dz: array<f32>;  // [N, OH, OW, F]; read only, in the buffer of dx
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, H, W, C]

// With strides above 1 only some taps reach a given input pixel. Which ones depends on where its
// row and column lie between two strides: its phase. Input pixels are processed phase by phase, so
// a tile only adds up the taps that reach its pixels.

/// The number of rows and columns of a phase, rounded up to those of the largest.
fn phaseSize() -> vec2u {
  return vec2u((H + SH - 1u) / SH, (W + SW - 1u) / SW);
}

/// The number of pixels of one phase in all images.
fn phasePixels() -> u32 {
  return arrayLength(&dx) / (H * W * C) * phaseSize().x * phaseSize().y;
}

/// The index of the image's first output pixel, and row and column of pixel i of a phase, counted
/// from the padded corner.
fn gradientOrigin(i: u32, phase: u32) -> vec3i {
  let size = phaseSize();
  let row = i / size.y % size.x * SH + phase / SW;
  let column = i % size.y * SW + phase % SW;
  return vec3i(i32(i / (size.x * size.y) * OH * OW), i32(row) + PT, i32(column) + PL);
}

/// The index of that pixel in dx, or -1 if there is none.
fn gradientPixel(i: u32, phase: u32) -> i32 {
  let origin = gradientOrigin(i, phase);
  let row = origin.y - PT;
  let column = origin.z - PL;
  let exists = (i < phasePixels()) & (u32(row) < H) & (u32(column) < W);
  return select(-1, (origin.x / i32(OH * OW) * i32(H) + row) * i32(W) + column, exists);
}

/// The first tap that reaches a phase; the others follow at the strides.
fn firstTap(phase: u32) -> vec2u {
  return vec2u((phase / SW + u32(PT)) % SH, (phase % SW + u32(PL)) % SW);
}

/// The index of filter 0 of the output pixel that this input reached through a tap of its phase, or
/// -1 if that is outside the output.
fn gradientIndex(origin: vec3i, ky: u32, kx: u32) -> i32 {
  let down = origin.y - i32(ky * DH);
  let across = origin.z - i32(kx * DW);
  let oy = down / i32(SH);
  let ox = across / i32(SW);
  let outside = (down < 0) | (across < 0) | (u32(oy) >= OH) | (u32(ox) >= OW);
  return select((origin.x + oy * i32(OW) + ox) * i32(F), -1, outside);
}

fn gradientAt(index: i32, f: u32) -> f32 {
  return select(dz[u32(max(index, 0)) + f], 0.0, index < 0);
}

/// The weights of one filter for four input channels. Channels past C repeat the last one; their
/// results are never stored.
fn weightColumn4(i: u32, c: u32) -> vec4f {
  return vec4f(
    weight[i + min(c, C - 1u) * F], weight[i + min(c + 1u, C - 1u) * F],
    weight[i + min(c + 2u, C - 1u) * F], weight[i + min(c + 3u, C - 1u) * F],
  );
}

fn storeInputGradient(pixel: i32, c: u32, sum: vec4f) {
  if (pixel < 0 || c >= C) { return; }
  let i = u32(pixel) * C + c;
  dx[i] = sum.x;
  if (c + 1u < C) { dx[i + 1u] = sum.y; }
  if (c + 2u < C) { dx[i + 2u] = sum.z; }
  if (c + 3u < C) { dx[i + 3u] = sum.w; }
}

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (C + 7u) / 8u;
  let c = tile % columns * 8u;
  let pixels = phasePixels();
  let tiles = (pixels + 7u) / 8u;
  let first = tile / columns % tiles * 8u;
  let phase = tile / columns / tiles;
  if (phase >= SH * SW) { return; }

  let o0 = gradientOrigin(min(first + 0u, pixels - 1u), phase);
  let o1 = gradientOrigin(min(first + 1u, pixels - 1u), phase);
  let o2 = gradientOrigin(min(first + 2u, pixels - 1u), phase);
  let o3 = gradientOrigin(min(first + 3u, pixels - 1u), phase);
  let o4 = gradientOrigin(min(first + 4u, pixels - 1u), phase);
  let o5 = gradientOrigin(min(first + 5u, pixels - 1u), phase);
  let o6 = gradientOrigin(min(first + 6u, pixels - 1u), phase);
  let o7 = gradientOrigin(min(first + 7u, pixels - 1u), phase);
  var a0 = vec4f(); var b0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f();
  let tap = firstTap(phase);
  for (var ky = tap.x; ky < KH; ky += SH) {
    for (var kx = tap.y; kx < KW; kx += SW) {
      let i0 = gradientIndex(o0, ky, kx);
      let i1 = gradientIndex(o1, ky, kx);
      let i2 = gradientIndex(o2, ky, kx);
      let i3 = gradientIndex(o3, ky, kx);
      let i4 = gradientIndex(o4, ky, kx);
      let i5 = gradientIndex(o5, ky, kx);
      let i6 = gradientIndex(o6, ky, kx);
      let i7 = gradientIndex(o7, ky, kx);
      let w = (ky * KW + kx) * C * F;
      for (var f = 0u; f < F; f++) {
        let wa = weightColumn4(w + f, c);
        let wb = weightColumn4(w + f, c + 4u);
        let v0 = gradientAt(i0, f); a0 += v0 * wa; b0 += v0 * wb;
        let v1 = gradientAt(i1, f); a1 += v1 * wa; b1 += v1 * wb;
        let v2 = gradientAt(i2, f); a2 += v2 * wa; b2 += v2 * wb;
        let v3 = gradientAt(i3, f); a3 += v3 * wa; b3 += v3 * wb;
        let v4 = gradientAt(i4, f); a4 += v4 * wa; b4 += v4 * wb;
        let v5 = gradientAt(i5, f); a5 += v5 * wa; b5 += v5 * wb;
        let v6 = gradientAt(i6, f); a6 += v6 * wa; b6 += v6 * wb;
        let v7 = gradientAt(i7, f); a7 += v7 * wa; b7 += v7 * wb;
      }
    }
  }
  var sums = array<vec4f, 16>(a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7);
  for (var p = 0u; p < 8u; p++) {
    let pixel = gradientPixel(first + p, phase);
    for (var j = 0u; j < 2u; j++) { storeInputGradient(pixel, c + j * 4u, sums[2u * p + j]); }
  }
}

// --------------------------------------------------------------------------------- weight gradient

@group(0) @binding(1) var<storage, read_write> dzIn: array<f32>;           // [N, OH, OW, F]; read only
@group(0) @binding(2) var<storage, read_write> weightPartials: array<f32>; // [parts, KH * KW * C, F]
@group(0) @binding(3) var<storage, read_write> biasPartials: array<f32>;   // [parts, F]

/// For one row of the weight matrix: rows and columns from the first tap, and the channel. Rows
/// past the end repeat the last one.
fn tapOf(row: u32) -> vec3i {
  let r = min(row, KH * KW * C - 1u);
  return vec3i(i32(r / (C * KW) * DH), i32(r / C % KW * DW), i32(r % C));
}

fn inputUnder(tap: vec3i, base: i32, iy: i32, ix: i32) -> f32 {
  let index = base + (tap.x * i32(W) + tap.y) * i32(C) + tap.z;
  let outside = PADDED & ((u32(iy + tap.x) >= H) | (u32(ix + tap.y) >= W));
  return select(x[u32(max(index, 0))], 0.0, outside);
}

fn gradients4(i: u32) -> vec4f {
  return vec4f(dzIn[i], dzIn[i + 1u], dzIn[i + 2u], dzIn[i + 3u]);
}

fn storeWeightGradient(split: u32, row: u32, f: u32, sum: vec4f) {
  if (row >= KH * KW * C || f >= F) { return; }
  let i = (split * KH * KW * C + row) * F + f;
  weightPartials[i] = sum.x;
  if (f + 1u < F) { weightPartials[i + 1u] = sum.y; }
  if (f + 2u < F) { weightPartials[i + 2u] = sum.z; }
  if (f + 3u < F) { weightPartials[i + 3u] = sum.w; }
}

fn storeBiasGradient(split: u32, f: u32, sum: vec4f) {
  if (f >= F) { return; }
  let i = split * F + f;
  biasPartials[i] = sum.x;
  if (f + 1u < F) { biasPartials[i + 1u] = sum.y; }
  if (f + 2u < F) { biasPartials[i + 2u] = sum.z; }
  if (f + 3u < F) { biasPartials[i + 3u] = sum.w; }
}

@compute @workgroup_size(WORKGROUP)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (F + 7u) / 8u;
  let rows = (KH * KW * C + 7u) / 8u;
  let f = id % columns * 8u;
  let row = id / columns % rows * 8u;
  let split = id / (columns * rows);
  let splits = arrayLength(&weightPartials) / (KH * KW * C * F);
  if (split >= splits) { return; }
  let images = arrayLength(&dzIn) / (OH * OW * F);

  let t0 = tapOf(row + 0u);
  let t1 = tapOf(row + 1u);
  let t2 = tapOf(row + 2u);
  let t3 = tapOf(row + 3u);
  let t4 = tapOf(row + 4u);
  let t5 = tapOf(row + 5u);
  let t6 = tapOf(row + 6u);
  let t7 = tapOf(row + 7u);
  var a0 = vec4f(); var b0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f();
  var biasA = vec4f(); var biasB = vec4f();
  for (var n = split * images / splits; n < (split + 1u) * images / splits; n++) {
    for (var oy = 0u; oy < OH; oy++) {
      let iy = i32(oy * SH) - PT;
      var z = (n * OH + oy) * OW * F + f;
      for (var ox = 0u; ox < OW; ox++) {
        let ix = i32(ox * SW) - PL;
        let base = ((i32(n * H) + iy) * i32(W) + ix) * i32(C);
        let ga = gradients4(z);
        let gb = gradients4(z + 4u);
        biasA += ga;
        biasB += gb;
        let v0 = inputUnder(t0, base, iy, ix); a0 += v0 * ga; b0 += v0 * gb;
        let v1 = inputUnder(t1, base, iy, ix); a1 += v1 * ga; b1 += v1 * gb;
        let v2 = inputUnder(t2, base, iy, ix); a2 += v2 * ga; b2 += v2 * gb;
        let v3 = inputUnder(t3, base, iy, ix); a3 += v3 * ga; b3 += v3 * gb;
        let v4 = inputUnder(t4, base, iy, ix); a4 += v4 * ga; b4 += v4 * gb;
        let v5 = inputUnder(t5, base, iy, ix); a5 += v5 * ga; b5 += v5 * gb;
        let v6 = inputUnder(t6, base, iy, ix); a6 += v6 * ga; b6 += v6 * gb;
        let v7 = inputUnder(t7, base, iy, ix); a7 += v7 * ga; b7 += v7 * gb;
        z += F;
      }
    }
  }
  var sums = array<vec4f, 16>(a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7);
  for (var i = 0u; i < 16u; i++) { storeWeightGradient(split, row + i / 2u, f + i % 2u * 4u, sums[i]); }
  if (USE_BIAS && row == 0u) {
    var sums = array<vec4f, 2>(biasA, biasB);
    for (var i = 0u; i < 2u; i++) { storeBiasGradient(split, f + i * 4u, sums[i]); }
  }
}
