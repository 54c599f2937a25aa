// 2-D convolution, NHWC, weights [KH, KW, C, F] (Keras `Conv2D`). Three implicit matrix products:
//   forward         y[pixel, f]   = activation(bias[f] + sum over taps, c of x[pixel + tap, c] * weight[tap, c, f])
//   inputGradient   dx[pixel, c]  = sum over taps, f of dz[pixel - tap, f] * weight[tap, c, f]
//   weightGradient  dw[tap, c, f] = sum over pixels  of x[pixel + tap, c] * dz[pixel, f], in SPLITS parts over the batch
// Each invocation keeps an 8 x 8 tile of the result in registers: 16 loads feed 64 multiply-adds.

override N: u32 = 1u;          // images
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
override PT: i32 = 0;          // zeros above the input
override PL: i32 = 0;          // zeros left of the input
override PADDED: bool = false; // some tap can fall outside the input
override USE_BIAS: bool = true;
override ACTIVATION: u32 = 0u; // 0 linear, 1 relu, 2 sigmoid, 3 tanh
override SPLITS: u32 = 1u;
override WORKGROUP: u32 = 64u;

// ---------------------------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> x: array<f32>;   // [N, H, W, C]; read only, but shares its buffer with y
@group(0) @binding(1) var<storage, read> weight: array<f32>;    // [KH, KW, C, F]
@group(0) @binding(2) var<storage, read> bias: array<f32>;      // [F]
@group(0) @binding(3) var<storage, read_write> y: array<f32>;   // [N, OH, OW, F]

/// The image's first pixel index, and the input row and column of the first tap, for an output pixel.
fn tapOrigin(pixel: u32) -> vec3i {
  let inImage = pixel % (OH * OW);
  return vec3i(i32(pixel / (OH * OW) * H * W), i32(inImage / OW * SH) - PT, i32(inImage % OW * SW) - PL);
}

/// Index of channel 0 of the input pixel under a tap, or -1 outside the input.
fn tapIndex(origin: vec3i, ky: u32, kx: u32) -> i32 {
  let iy = origin.y + i32(ky);
  let ix = origin.z + i32(kx);
  if (PADDED && (u32(iy) >= H || u32(ix) >= W)) { return -1; }
  return (origin.x + iy * i32(W) + ix) * i32(C);
}

fn inputAt(index: i32, c: u32) -> f32 {
  if (PADDED) { return select(x[u32(max(index, 0)) + c], 0.0, index < 0); }
  return x[u32(index) + c];
}

/// Four filters of one weight row. Columns past F read a neighbour's weight; their results are never stored.
fn weights4(i: u32) -> vec4f {
  return vec4f(weight[i], weight[i + 1u], weight[i + 2u], weight[i + 3u]);
}

// Comparisons rather than max() and clamp(), so that NaN stays NaN and is reported where it arose.
fn activate(v: vec4f) -> vec4f {
  if (ACTIVATION == 1u) { return select(v, vec4f(0.0), v < vec4f(0.0)); }
  if (ACTIVATION == 2u) { return 1.0 / (1.0 + exp(-v)); }
  if (ACTIVATION == 3u) { // exp overflows past 88, tanh is 1 in float32 past 9
    return tanh(select(v, sign(v) * 15.0, abs(v) > vec4f(15.0)));
  }
  return v;
}

fn storeOutput(pixel: u32, f: u32, sum: vec4f) {
  if (pixel >= N * OH * OW) { return; }
  var z = sum;
  if (USE_BIAS) { z += vec4f(bias[f], bias[min(f + 1u, F - 1u)], bias[min(f + 2u, F - 1u)], bias[min(f + 3u, F - 1u)]); }
  let a = activate(z);
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
  let pixels = N * OH * OW;
  if (first >= pixels) { return; }

  let o0 = tapOrigin(min(first + 0u, pixels - 1u));
  let o1 = tapOrigin(min(first + 1u, pixels - 1u));
  let o2 = tapOrigin(min(first + 2u, pixels - 1u));
  let o3 = tapOrigin(min(first + 3u, pixels - 1u));
  let o4 = tapOrigin(min(first + 4u, pixels - 1u));
  let o5 = tapOrigin(min(first + 5u, pixels - 1u));
  let o6 = tapOrigin(min(first + 6u, pixels - 1u));
  let o7 = tapOrigin(min(first + 7u, pixels - 1u));
  var a0 = vec4f(); var b0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f();
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
  storeOutput(first + 0u, f, a0);
  storeOutput(first + 1u, f, a1);
  storeOutput(first + 2u, f, a2);
  storeOutput(first + 3u, f, a3);
  storeOutput(first + 4u, f, a4);
  storeOutput(first + 5u, f, a5);
  storeOutput(first + 6u, f, a6);
  storeOutput(first + 7u, f, a7);
  if (f + 4u < F) {
    storeOutput(first + 0u, f + 4u, b0);
    storeOutput(first + 1u, f + 4u, b1);
    storeOutput(first + 2u, f + 4u, b2);
    storeOutput(first + 3u, f + 4u, b3);
    storeOutput(first + 4u, f + 4u, b4);
    storeOutput(first + 5u, f + 4u, b5);
    storeOutput(first + 6u, f + 4u, b6);
    storeOutput(first + 7u, f + 4u, b7);
  }
}

// --------------------------------------------------------------------------------------------------- input gradient

@group(0) @binding(0) var<storage, read_write> dz: array<f32>;  // [N, OH, OW, F]; read only, but shares its buffer with dx
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, H, W, C]

/// The image's first output pixel, and row and column of an input pixel counted from the padded corner.
fn gradientOrigin(pixel: u32) -> vec3i {
  let inImage = pixel % (H * W);
  return vec3i(i32(pixel / (H * W) * OH * OW), i32(inImage / W) + PT, i32(inImage % W) + PL);
}

/// Index of filter 0 of the output pixel that a tap carried this input to, or -1 if there is none.
fn gradientIndex(origin: vec3i, ky: u32, kx: u32) -> i32 {
  let down = origin.y - i32(ky);
  let across = origin.z - i32(kx);
  let oy = down / i32(SH);
  let ox = across / i32(SW);
  // A negative distance divided by a stride rounds towards 0, hence the check on the distance itself.
  if (down < 0 || across < 0 || u32(oy) >= OH || u32(ox) >= OW) { return -1; }
  if (oy * i32(SH) != down || ox * i32(SW) != across) { return -1; }
  return (origin.x + oy * i32(OW) + ox) * i32(F);
}

fn gradientAt(index: i32, f: u32) -> f32 {
  return select(dz[u32(max(index, 0)) + f], 0.0, index < 0);
}

/// One filter's weights for four input channels. Channels past C repeat the last; their results are never stored.
fn weightColumn4(i: u32, c: u32) -> vec4f {
  return vec4f(weight[i + min(c, C - 1u) * F], weight[i + min(c + 1u, C - 1u) * F], weight[i + min(c + 2u, C - 1u) * F], weight[i + min(c + 3u, C - 1u) * F]);
}

fn storeInputGradient(pixel: u32, c: u32, sum: vec4f) {
  if (pixel >= N * H * W) { return; }
  let i = pixel * C + c;
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
  let first = tile / columns * 8u;
  let pixels = N * H * W;
  if (first >= pixels) { return; }

  let o0 = gradientOrigin(min(first + 0u, pixels - 1u));
  let o1 = gradientOrigin(min(first + 1u, pixels - 1u));
  let o2 = gradientOrigin(min(first + 2u, pixels - 1u));
  let o3 = gradientOrigin(min(first + 3u, pixels - 1u));
  let o4 = gradientOrigin(min(first + 4u, pixels - 1u));
  let o5 = gradientOrigin(min(first + 5u, pixels - 1u));
  let o6 = gradientOrigin(min(first + 6u, pixels - 1u));
  let o7 = gradientOrigin(min(first + 7u, pixels - 1u));
  var a0 = vec4f(); var b0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f();
  for (var ky = 0u; ky < KH; ky++) {
    for (var kx = 0u; kx < KW; kx++) {
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
  storeInputGradient(first + 0u, c, a0);
  storeInputGradient(first + 1u, c, a1);
  storeInputGradient(first + 2u, c, a2);
  storeInputGradient(first + 3u, c, a3);
  storeInputGradient(first + 4u, c, a4);
  storeInputGradient(first + 5u, c, a5);
  storeInputGradient(first + 6u, c, a6);
  storeInputGradient(first + 7u, c, a7);
  if (c + 4u < C) {
    storeInputGradient(first + 0u, c + 4u, b0);
    storeInputGradient(first + 1u, c + 4u, b1);
    storeInputGradient(first + 2u, c + 4u, b2);
    storeInputGradient(first + 3u, c + 4u, b3);
    storeInputGradient(first + 4u, c + 4u, b4);
    storeInputGradient(first + 5u, c + 4u, b5);
    storeInputGradient(first + 6u, c + 4u, b6);
    storeInputGradient(first + 7u, c + 4u, b7);
  }
}

// -------------------------------------------------------------------------------------------------- weight gradient

@group(0) @binding(1) var<storage, read_write> dzIn: array<f32>;           // [N, OH, OW, F]; read only
@group(0) @binding(2) var<storage, read_write> weightPartials: array<f32>; // [SPLITS, KH * KW * C, F]
@group(0) @binding(3) var<storage, read_write> biasPartials: array<f32>;   // [SPLITS, F]

/// Row ky, column kx and channel of one row of the weight matrix. Rows past the end repeat the last.
fn tapOf(row: u32) -> vec3i {
  let r = min(row, KH * KW * C - 1u);
  return vec3i(i32(r / (C * KW)), i32(r / C % KW), i32(r % C));
}

fn inputUnder(tap: vec3i, base: i32, iy: i32, ix: i32) -> f32 {
  let index = base + (tap.x * i32(W) + tap.y) * i32(C) + tap.z;
  if (!PADDED) { return x[u32(index)]; }
  let outside = u32(iy + tap.x) >= H || u32(ix + tap.y) >= W;
  return select(x[u32(max(index, 0))], 0.0, outside);
}

fn gradients4(i: u32) -> vec4f {
  return vec4f(dzIn[i], dzIn[i + 1u], dzIn[i + 2u], dzIn[i + 3u]);
}

fn storeWeightGradient(split: u32, row: u32, f: u32, sum: vec4f) {
  if (row >= KH * KW * C) { return; }
  let i = (split * KH * KW * C + row) * F + f;
  weightPartials[i] = sum.x;
  if (f + 1u < F) { weightPartials[i + 1u] = sum.y; }
  if (f + 2u < F) { weightPartials[i + 2u] = sum.z; }
  if (f + 3u < F) { weightPartials[i + 3u] = sum.w; }
}

fn storeBiasGradient(split: u32, f: u32, sum: vec4f) {
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
  if (split >= SPLITS) { return; }

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
  for (var n = split * N / SPLITS; n < (split + 1u) * N / SPLITS; n++) {
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
  storeWeightGradient(split, row + 0u, f, a0);
  storeWeightGradient(split, row + 1u, f, a1);
  storeWeightGradient(split, row + 2u, f, a2);
  storeWeightGradient(split, row + 3u, f, a3);
  storeWeightGradient(split, row + 4u, f, a4);
  storeWeightGradient(split, row + 5u, f, a5);
  storeWeightGradient(split, row + 6u, f, a6);
  storeWeightGradient(split, row + 7u, f, a7);
  if (f + 4u < F) {
    storeWeightGradient(split, row + 0u, f + 4u, b0);
    storeWeightGradient(split, row + 1u, f + 4u, b1);
    storeWeightGradient(split, row + 2u, f + 4u, b2);
    storeWeightGradient(split, row + 3u, f + 4u, b3);
    storeWeightGradient(split, row + 4u, f + 4u, b4);
    storeWeightGradient(split, row + 5u, f + 4u, b5);
    storeWeightGradient(split, row + 6u, f + 4u, b6);
    storeWeightGradient(split, row + 7u, f + 4u, b7);
  }
  if (USE_BIAS && row == 0u) {
    storeBiasGradient(split, f, biasA);
    if (f + 4u < F) { storeBiasGradient(split, f + 4u, biasB); }
  }
}
