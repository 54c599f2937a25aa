// Average pooling over windows of any size and stride, NHWC (Keras `AveragePooling2D`). Cells
// outside the image do not count. The backward pass gathers the gradient for each input cell: it
// needs no atomics, and overlapping windows add up. Each invocation handles four channels. The
// number of images N follows from the lengths of the bindings.

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

@group(0) @binding(0) var<storage, read_write> x: array<f32>; // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [N, OH, OW, C]

/// The first input row of a window, and the row after its last one, inside the image.
fn rowsOf(oy: u32) -> vec2u {
  let top = i32(oy * SH) - PT;
  return select(vec2u(u32(top), u32(top) + KH), vec2u(u32(max(top, 0)), min(u32(top + i32(KH)), H)), PADDED);
}

fn columnsOf(ox: u32) -> vec2u {
  let left = i32(ox * SW) - PL;
  return select(vec2u(u32(left), u32(left) + KW), vec2u(u32(max(left, 0)), min(u32(left + i32(KW)), W)), PADDED);
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C + 3u) / 4u;
  let c = id % lanes * 4u;
  let pixel = id / lanes;
  if (pixel >= arrayLength(&y) / C) { return; }

  let n = pixel / (OH * OW);
  let rows = rowsOf(pixel / OW % OH);
  let columns = columnsOf(pixel % OW);
  var sum = vec4f();
  for (var iy = rows.x; iy < rows.y; iy++) {
    for (var ix = columns.x; ix < columns.y; ix++) {
      let i = ((n * H + iy) * W + ix) * C + c;
      sum += vec4f(x[i], x[i + 1u], x[i + 2u], x[i + 3u]); // channels past C are never stored
    }
  }
  var average = sum / f32((rows.y - rows.x) * (columns.y - columns.x));
  for (var j = 0u; j < min(4u, C - c); j++) { y[pixel * C + c + j] = average[j]; }
}

@group(0) @binding(0) var<storage, read_write> dy: array<f32>; // [N, OH, OW, C]; read only, in the buffer of dx
@group(0) @binding(1) var<storage, read_write> dx: array<f32>; // [N, H, W, C]

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C + 3u) / 4u;
  let c = id % lanes * 4u;
  let pixel = id / lanes;
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
    let rows = rowsOf(oy);
    for (var ox = oxFirst; ox <= column / SW && ox < OW; ox++) {
      let columns = columnsOf(ox);
      let i = ((n * OH + oy) * OW + ox) * C + c;
      sum += vec4f(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u]) / f32((rows.y - rows.x) * (columns.y - columns.x));
    }
  }
  for (var j = 0u; j < min(4u, C - c); j++) { dx[pixel * C + c + j] = sum[j]; }
}
