// Max-pooling over windows of any size and stride, NHWC (Keras `MaxPooling2D`). The forward pass
// stores which cell of each window won, so the backward pass moves gradients without comparing
// again: it needs no atomics, and overlapping windows add up. Each invocation handles four
// channels. The number of images N follows from the lengths of the bindings. Uses activations.wgsl.

override H: u32 = 1u;  // input height
override W: u32 = 1u;  // input width
override C: u32 = 1u;  // channels
override OH: u32 = 1u; // output height
override OW: u32 = 1u; // output width
override KH: u32 = 1u; // window height
override KW: u32 = 1u; // window width
override SH: u32 = 1u; // stride down
override SW: u32 = 1u; // stride across
override PT: i32 = 0;  // ignored rows above the input
override PL: i32 = 0;  // ignored columns left of the input
override PADDED: bool = false; // whether a cell of a window can fall outside the input
override WORKGROUP: u32 = 64u;

// ----------------------------------------------------------------------------------------- forward

@group(0) @binding(0) var<storage, read_write> x: array<f32>;      // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<f32>;      // [N, OH, OW, C]
@group(0) @binding(2) var<storage, read_write> winner: array<u32>; // [N, OH, OW, words], see packed()

/// The number of words that hold the winning cells (ky * KW + kx) of all channels of an output
/// pixel: one byte each if they fit, otherwise a half-word.
fn words() -> u32 {
  return select((C + 3u) / 4u * 2u, (C + 3u) / 4u, KH * KW <= 256u);
}

fn storeWinners(pixel: u32, c: u32, cell: vec4u) {
  if (KH * KW <= 256u) {
    winner[pixel * words() + c / 4u] = cell.x | (cell.y << 8u) | (cell.z << 16u) | (cell.w << 24u);
  } else {
    let i = pixel * words() + c / 2u;
    winner[i] = cell.x | (cell.y << 16u);
    winner[i + 1u] = cell.z | (cell.w << 16u);
  }
}

/// Whether channel c + k exists. Constant if the channels fill whole vec4s.
fn exists(c: u32, k: u32) -> bool {
  return C % 4u == 0u || c + k < C;
}

/// Tests the bits: shaders may assume that NaN never happens, so `v != v` proves nothing.
fn isNan(v: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(v) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (C + 3u) / 4u;
  let c = id % columns * 4u;
  let pixel = id / columns;
  if (pixel >= arrayLength(&y) / C) { return; }

  let n = pixel / (OH * OW);
  let top = i32(pixel / OW % OH * SH) - PT;
  let left = i32(pixel % OW * SW) - PL;
  var best = vec4f();
  var cell = vec4u();
  var empty = true;
  for (var ky = 0u; ky < KH; ky++) {
    for (var kx = 0u; kx < KW; kx++) {
      let iy = u32(top + i32(ky));
      let ix = u32(left + i32(kx));
      let outside = PADDED && (iy >= H || ix >= W); // also catches negative rows and columns, which wrap
      let i = select(((n * H + iy) * W + ix) * C + c, 0u, outside);
      let v = vec4f(x[i], x[i + 1u], x[i + 2u], x[i + 3u]); // channels past C are never stored
      // Strictly greater: the first maximum of a window wins, as in TensorFlow. The first NaN wins
      // over all, so that it is not lost.
      let wins = (vec4<bool>(empty) | (v > best) | (isNan(v) & !isNan(best))) & vec4<bool>(!outside);
      best = select(best, v, wins);
      cell = select(cell, vec4u(ky * KW + kx), wins);
      empty = empty && outside;
    }
  }
  let o = pixel * C + c;
  y[o] = best.x;
  if (exists(c, 1u)) { y[o + 1u] = best.y; }
  if (exists(c, 2u)) { y[o + 2u] = best.z; }
  if (exists(c, 3u)) { y[o + 3u] = best.w; }
  storeWinners(pixel, c, cell);
}

// ---------------------------------------------------------------------------------- input gradient

@group(0) @binding(0) var<storage, read_write> dy: array<f32>;  // [N, OH, OW, C]; read only, in the buffer of dx
@group(0) @binding(1) var<storage, read> winnerIn: array<u32>;  // [N, OH, OW, words]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, H, W, C]
@group(0) @binding(3) var<storage, read> yIn: array<f32>;       // [N, OH, OW, C]

fn winners(pixel: u32, c: u32) -> vec4u {
  if (KH * KW <= 256u) {
    return (vec4u(winnerIn[pixel * words() + c / 4u]) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u);
  }
  let i = pixel * words() + c / 2u;
  let pairs = vec4u(winnerIn[i], winnerIn[i], winnerIn[i + 1u], winnerIn[i + 1u]);
  return (pairs >> vec4u(0u, 16u, 0u, 16u)) & vec4u(65535u);
}

fn gradients4(i: u32) -> vec4f {
  return vec4f(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u]);
}

fn store(o: u32, c: u32, v: vec4f) {
  dx[o] = v.x;
  if (exists(c, 1u)) { dx[o + 1u] = v.y; }
  if (exists(c, 2u)) { dx[o + 2u] = v.z; }
  if (exists(c, 3u)) { dx[o + 3u] = v.w; }
}

/// For windows that overlap: every input cell asks the windows that cover it.
@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (C + 3u) / 4u;
  let c = id % columns * 4u;
  let pixel = id / columns;
  if (pixel >= arrayLength(&dx) / C) { return; }

  let n = pixel / (H * W);
  let row = pixel / W % H + u32(PT);
  let column = pixel % W + u32(PL);
  // Windows that cover this cell: output rows from ceil((row - KH + 1) / SH) to floor(row / SH),
  // columns likewise.
  let oyFirst = select(0u, (row - KH) / SH + 1u, row >= KH);
  let oxFirst = select(0u, (column - KW) / SW + 1u, column >= KW);
  var sum = vec4f();
  for (var oy = oyFirst; oy <= row / SH && oy < OH; oy++) {
    for (var ox = oxFirst; ox <= column / SW && ox < OW; ox++) {
      let cell = vec4u((row - oy * SH) * KW + column - ox * SW);
      let o = (n * OH + oy) * OW + ox;
      sum += select(vec4f(), gradients4(o * C + c), winners(o, c) == cell);
    }
  }
  store(pixel * C + c, c, sum);
}

/// For windows that do not overlap: each window serves the cells up to the next one. The winner's
/// value is the output, so the derivative of an activation before the pooling can be taken here
/// too: dx is then the gradient before that activation.
@compute @workgroup_size(WORKGROUP)
fn inputGradientApart(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (C + 3u) / 4u;
  let down = (H + u32(PT) + SH - 1u) / SH;
  let across = (W + u32(PL) + SW - 1u) / SW;
  let c = id % columns * 4u;
  let block = id / columns;
  let n = block / (down * across);
  if (n >= arrayLength(&dx) / (H * W * C)) { return; }

  let oy = block / across % down;
  let ox = block % across;
  // Rows and columns after the last window belong to none.
  let empty = oy >= OH || ox >= OW;
  let o = select((n * OH + oy) * OW + ox, 0u, empty);
  let i = o * C + c;
  let gradient = gradients4(i) * derivative(vec4f(yIn[i], yIn[i + 1u], yIn[i + 2u], yIn[i + 3u]));
  let won = select(winners(o, c), vec4u(0xffffffffu), empty);
  for (var ky = 0u; ky < SH; ky++) {
    for (var kx = 0u; kx < SW; kx++) {
      let iy = oy * SH + ky - u32(PT);
      let ix = ox * SW + kx - u32(PL);
      let cell = select(0xfffffffeu, ky * KW + kx, ky < KH && kx < KW);
      let routed = select(vec4f(), gradient, won == vec4u(cell));
      if (iy < H && ix < W) { store(((n * H + iy) * W + ix) * C + c, c, routed); }
    }
  }
}
