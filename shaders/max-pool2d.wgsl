// Max-pooling over windows of any size and stride, NHWC (Keras `MaxPooling2D`). The forward pass remembers which cell of the
// window won, so that the backward pass is a gather: no atomics, and overlapping windows simply add up.
// Each invocation handles four channels. The number of images N follows from the lengths of the bindings.

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
override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> x: array<f32>;      // [N, H, W, C]; read only, but shares its buffer with y
@group(0) @binding(1) var<storage, read_write> y: array<f32>;      // [N, OH, OW, C]
@group(0) @binding(2) var<storage, read_write> winner: array<u32>; // [N, OH, OW, C], cell of the window: ky * KW + kx

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
  var first = true;
  for (var ky = 0u; ky < KH; ky++) {
    for (var kx = 0u; kx < KW; kx++) {
      let iy = u32(top + i32(ky));
      let ix = u32(left + i32(kx));
      if (iy >= H || ix >= W) { continue; } // also catches negative rows and columns, which wrap
      let i = ((n * H + iy) * W + ix) * C + c;
      let v = vec4f(x[i], x[i + 1u], x[i + 2u], x[i + 3u]); // channels past C are never stored
      // Strictly greater: the first maximum of a window wins, as in TensorFlow.
      let wins = vec4<bool>(first) | (v > best);
      best = select(best, v, wins);
      cell = select(cell, vec4u(ky * KW + kx), wins);
      first = false;
    }
  }
  let o = pixel * C + c;
  y[o] = best.x; winner[o] = cell.x;
  if (c + 1u < C) { y[o + 1u] = best.y; winner[o + 1u] = cell.y; }
  if (c + 2u < C) { y[o + 2u] = best.z; winner[o + 2u] = cell.z; }
  if (c + 3u < C) { y[o + 3u] = best.w; winner[o + 3u] = cell.w; }
}

@group(0) @binding(0) var<storage, read_write> dy: array<f32>;  // [N, OH, OW, C]; read only, but shares its buffer with dx
@group(0) @binding(1) var<storage, read> winnerIn: array<u32>;  // [N, OH, OW, C]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;  // [N, H, W, C]

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
  // Windows that cover this cell: output rows from ceil((row - KH + 1) / SH) to floor(row / SH), columns likewise.
  let oyFirst = select(0u, (row - KH) / SH + 1u, row >= KH);
  let oxFirst = select(0u, (column - KW) / SW + 1u, column >= KW);
  var sum = vec4f();
  for (var oy = oyFirst; oy <= row / SH && oy < OH; oy++) {
    for (var ox = oxFirst; ox <= column / SW && ox < OW; ox++) {
      let cell = vec4u((row - oy * SH) * KW + column - ox * SW);
      let i = ((n * OH + oy) * OW + ox) * C + c;
      let won = vec4u(winnerIn[i], winnerIn[i + 1u], winnerIn[i + 2u], winnerIn[i + 3u]) == cell;
      sum += select(vec4f(), vec4f(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u]), won);
    }
  }
  let o = pixel * C + c;
  dx[o] = sum.x;
  if (c + 1u < C) { dx[o + 1u] = sum.y; }
  if (c + 2u < C) { dx[o + 2u] = sum.z; }
  if (c + 3u < C) { dx[o + 3u] = sum.w; }
}
