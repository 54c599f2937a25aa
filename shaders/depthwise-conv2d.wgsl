// Depthwise 2-D convolution, NHWC, weights [KH, KW, C, M] (Keras `DepthwiseConv2D`): output channel
// f = c * M + m sees channel c.
//   forward         y[pixel, f]  = activation(bias[f] +
//                                  sum over taps of x[pixel + tap, f / M] * weight[tap, f])
//   inputGradient   dx[pixel, c] = sum over taps, m of
//                                  dz[pixel - tap, c * M + m] * weight[tap, c * M + m]
//   weightGradient  dw[tap, f]   = sum over pixels of x[pixel + tap, f / M] * dz[pixel, f],
//                                  in parts over the batch
// The number of images N follows from the lengths of the bindings. Each invocation handles four
// channels of four neighbouring pixels (weightGradient: of three neighbouring taps). Where their
// windows overlap it moves values along instead of loading them again, since loads take most of the
// time. Channels past the last one read other values and are never stored. Uses activations.wgsl.

override H: u32 = 1u;          // input height
override W: u32 = 1u;          // input width
override C: u32 = 1u;          // input channels
override OH: u32 = 1u;         // output height
override OW: u32 = 1u;         // output width
override M: u32 = 1u;          // depth multiplier: filters per channel
override KH: u32 = 1u;         // kernel height
override KW: u32 = 1u;         // kernel width
override SH: u32 = 1u;         // stride down
override SW: u32 = 1u;         // stride across
override DH: u32 = 1u;         // distance between taps, down
override DW: u32 = 1u;         // distance between taps, across
override PT: i32 = 0;          // zeros above the input
override PL: i32 = 0;          // zeros left of the input
override PADDED: bool = false; // whether a tap can fall outside the input
override USE_BIAS: bool = true;
override FLIPPED: bool = false; // whether the filter is turned by 180 degrees, as dL/dx needs it
override WORKGROUP: u32 = 64u;

// ----------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> x: array<f32>;   // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read> weight: array<f32>;    // [KH, KW, C, M]
@group(0) @binding(2) var<storage, read> bias: array<f32>;      // [C * M]
@group(0) @binding(3) var<storage, read_write> y: array<f32>;   // [N, OH, OW, C * M]

/// Four input channels of a pixel, or zeros outside the input. @param row index of the pixel in
/// column 0, or -1 outside
fn input4(row: i32, column: i32, c: vec4u) -> vec4f {
  let outside = PADDED & ((row < 0) | (u32(column) >= W));
  let i = vec4u(select(u32(row + column), 0u, outside) * C) + c;
  return select(vec4f(x[i.x], x[i.y], x[i.z], x[i.w]), vec4f(), outside);
}

/// The index of the first pixel of a row of image n, or -1 if there is no such row.
fn inputRow(n: u32, iy: i32) -> i32 {
  return select(i32(n * H + u32(iy)) * i32(W), -1, u32(iy) >= H);
}

fn weights4(i: u32) -> vec4f {
  return vec4f(weight[i], weight[i + 1u], weight[i + 2u], weight[i + 3u]);
}

/// Whether channel c + k exists among `channels`. Constant if the channels fill whole vec4s.
fn exists(c: u32, k: u32, channels: u32) -> bool {
  return channels % 4u == 0u || c + k < channels;
}

fn storeOutput(i: u32, f: u32, v: vec4f) {
  y[i] = v.x;
  if (exists(f, 1u, C * M)) { y[i + 1u] = v.y; }
  if (exists(f, 2u, C * M)) { y[i + 2u] = v.z; }
  if (exists(f, 3u, C * M)) { y[i + 3u] = v.w; }
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C * M + 3u) / 4u;
  let runs = (OW + 3u) / 4u;
  let f = id % lanes * 4u;
  let ox = id / lanes % runs * 4u;
  let row = id / (lanes * runs);
  if (row >= arrayLength(&y) / (OW * C * M)) { return; }

  let c = (f + vec4u(0u, 1u, 2u, 3u)) / M;
  let last = vec4u(C * M - 1u);
  let b = min(f + vec4u(0u, 1u, 2u, 3u), last);
  var a0 = select(vec4f(), vec4f(bias[b.x], bias[b.y], bias[b.z], bias[b.w]), USE_BIAS);
  var a1 = a0; var a2 = a0; var a3 = a0;
  for (var ky = 0u; ky < KH; ky++) {
    let start = inputRow(row / OH, i32(row % OH * SH + ky * DH) - PT);
    var column = i32(ox * SW) - PL;
    var v0 = vec4f();
    var v1 = input4(start, column, c);
    var v2 = input4(start, column + i32(SW), c);
    var v3 = input4(start, column + 2 * i32(SW), c);
    for (var kx = 0u; kx < KW; kx++) {
      if (SW == DW) { // the next tap of a pixel is this tap of the next pixel
        v0 = v1; v1 = v2; v2 = v3;
      } else {
        v0 = input4(start, column, c);
        v1 = input4(start, column + i32(SW), c);
        v2 = input4(start, column + 2 * i32(SW), c);
      }
      v3 = input4(start, column + 3 * i32(SW), c);
      let tap = ky * KW + kx;
      let w = weights4(select(tap, KH * KW - 1u - tap, FLIPPED) * C * M + f);
      a0 += v0 * w; a1 += v1 * w; a2 += v2 * w; a3 += v3 * w;
      column += i32(DW);
    }
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var p = 0u; p < 4u; p++) {
    if (ox + p < OW) { storeOutput((row * OW + ox + p) * C * M + f, f, activate(sums[p])); }
  }
}

// ---------------------------------------------------------------------------------- input gradient

@group(0) @binding(0) var<storage, read_write> dz: array<f32>;  // [N, OH, OW, C * M]; read only, in the buffer of dx
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, H, W, C]

/// dL/dz of one filter of four channels, at the output pixel that lies `across` input pixels from
/// the left; zeros if none does.
/// @param row index of the output pixel in column 0; @param f that filter of the four channels
fn gradient4(row: u32, across: i32, f: vec4u) -> vec4f {
  let ox = u32(across) / SW; // distances to the left wrap to large ones
  let none = (ox >= OW) | (ox * SW != u32(across));
  let i = vec4u(select(row + ox, 0u, none) * C * M) + f;
  return select(vec4f(dz[i.x], dz[i.y], dz[i.z], dz[i.w]), vec4f(), none);
}

fn storeInputGradient(i: u32, c: u32, v: vec4f) {
  dx[i] = v.x;
  if (exists(c, 1u, C)) { dx[i + 1u] = v.y; }
  if (exists(c, 2u, C)) { dx[i + 2u] = v.z; }
  if (exists(c, 3u, C)) { dx[i + 3u] = v.w; }
}

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C + 3u) / 4u;
  let runs = (W + 3u) / 4u;
  let c = id % lanes * 4u;
  let ix = id / lanes % runs * 4u;
  let row = id / (lanes * runs);
  if (row >= arrayLength(&dx) / (W * C)) { return; }

  var a0 = vec4f(); var a1 = vec4f(); var a2 = vec4f(); var a3 = vec4f();
  for (var ky = 0u; ky < KH; ky++) {
    let down = i32(row % H) + PT - i32(ky * DH);
    let oy = down / i32(SH);
    if (down < 0 || u32(oy) >= OH || oy * i32(SH) != down) { continue; }
    let start = (row / H * OH + u32(oy)) * OW;
    for (var m = 0u; m < M; m++) {
      let f = (c + vec4u(0u, 1u, 2u, 3u)) * M + m;
      var across = i32(ix) + PL;
      var v0 = gradient4(start, across + 1, f);
      var v1 = gradient4(start, across + 2, f);
      var v2 = gradient4(start, across + 3, f);
      var v3 = vec4f();
      for (var kx = 0u; kx < KW; kx++) {
        if (DW == 1u) { // the next tap of a pixel is this tap of the pixel before
          v3 = v2; v2 = v1; v1 = v0;
        } else {
          v1 = gradient4(start, across + 1, f);
          v2 = gradient4(start, across + 2, f);
          v3 = gradient4(start, across + 3, f);
        }
        v0 = gradient4(start, across, f);
        let i = (ky * KW + kx) * C * M + f;
        let w = vec4f(weight[i.x], weight[i.y], weight[i.z], weight[i.w]);
        a0 += v0 * w; a1 += v1 * w; a2 += v2 * w; a3 += v3 * w;
        across -= i32(DW);
      }
    }
  }
  var sums = array<vec4f, 4>(a0, a1, a2, a3);
  for (var p = 0u; p < 4u; p++) {
    if (ix + p < W) { storeInputGradient((row * W + ix + p) * C + c, c, sums[p]); }
  }
}

// --------------------------------------------------------------------------------- weight gradient

@group(0) @binding(1) var<storage, read_write> dzIn: array<f32>;           // [N, OH, OW, C * M]; read only
@group(0) @binding(2) var<storage, read_write> weightPartials: array<f32>; // [parts, KH, KW, C * M]
@group(0) @binding(3) var<storage, read_write> biasPartials: array<f32>;   // [parts, C * M]

@compute @workgroup_size(WORKGROUP)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C * M + 3u) / 4u;
  let runs = (KW + 2u) / 3u;
  let f = id % lanes * 4u;
  let kx = id / lanes % runs * 3u;
  let ky = id / (lanes * runs) % KH;
  let split = id / (lanes * runs * KH);
  let splits = arrayLength(&weightPartials) / (KH * KW * C * M);
  if (split >= splits) { return; }
  let images = arrayLength(&dzIn) / (OH * OW * C * M);

  let c = (f + vec4u(0u, 1u, 2u, 3u)) / M;
  var a0 = vec4f(); var a1 = vec4f(); var a2 = vec4f(); var biasSum = vec4f();
  for (var row = split * images / splits * OH; row < (split + 1u) * images / splits * OH; row++) {
    let start = inputRow(row / OH, i32(row % OH * SH + ky * DH) - PT);
    var column = i32(kx * DW) - PL;
    var z = row * OW * C * M + f;
    var v0 = vec4f();
    var v1 = input4(start, column, c);
    var v2 = input4(start, column + i32(DW), c);
    for (var ox = 0u; ox < OW; ox++) {
      if (SW == DW) { // the next pixel of a tap is this pixel of the next tap
        v0 = v1; v1 = v2;
      } else {
        v0 = input4(start, column, c);
        v1 = input4(start, column + i32(DW), c);
      }
      v2 = input4(start, column + 2 * i32(DW), c);
      let g = vec4f(dzIn[z], dzIn[z + 1u], dzIn[z + 2u], dzIn[z + 3u]);
      a0 += v0 * g; a1 += v1 * g; a2 += v2 * g;
      biasSum += g;
      column += i32(SW);
      z += C * M;
    }
  }
  var sums = array<vec4f, 3>(a0, a1, a2);
  for (var j = 0u; j < min(4u, C * M - f); j++) {
    for (var t = 0u; t < min(3u, KW - kx); t++) {
      weightPartials[((split * KH + ky) * KW + kx + t) * C * M + f + j] = sums[t][j];
    }
    if (USE_BIAS && ky == 0u && kx == 0u) { biasPartials[split * C * M + f + j] = biasSum[j]; }
  }
}
