// Adds zeros around an image, NHWC (Keras `ZeroPadding2D`). Columns and channels are treated as
// one: a row of the image is a run of numbers, with a run of zeros on either side. Each invocation
// handles four numbers of a row. The number of images N follows from the lengths of the bindings.

override H: u32 = 1u;    // input height
override ROW: u32 = 1u;  // numbers in a row of the input
override OH: u32 = 1u;   // output height
override OROW: u32 = 1u; // numbers in a row of the output
override TOP: u32 = 0u;  // rows of zeros above
override LEFT: u32 = 0u; // zeros before a row
override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> x: array<f32>; // [N, H, ROW]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [N, OH, OROW]

/// Whether number `first + k` of a row exists. Constant if rows are whole vec4s.
fn exists(first: u32, k: u32, row: u32) -> bool {
  return row % 4u == 0u || first + k < row;
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let runs = (OROW + 3u) / 4u;
  let first = id % runs * 4u;
  let row = id / runs;
  if (row >= arrayLength(&y) / OROW) { return; }

  // Unsigned subtraction wraps rows and numbers before the first to large values, so one comparison
  // finds all that lie outside.
  let iy = row % OH - TOP;
  let start = (row / OH * H + iy) * ROW;
  let k = first + vec4u(0u, 1u, 2u, 3u) - LEFT;
  let inside = (k < vec4u(ROW)) & vec4<bool>(iy < H);
  let i = select(vec4u(), start + k, inside);
  let v = select(vec4f(), vec4f(x[i.x], x[i.y], x[i.z], x[i.w]), inside);
  let o = row * OROW + first;
  y[o] = v.x;
  if (exists(first, 1u, OROW)) { y[o + 1u] = v.y; }
  if (exists(first, 2u, OROW)) { y[o + 2u] = v.z; }
  if (exists(first, 3u, OROW)) { y[o + 3u] = v.w; }
}

@group(0) @binding(0) var<storage, read_write> dy: array<f32>; // [N, OH, OROW]; read only, in the buffer of dx
@group(0) @binding(1) var<storage, read_write> dx: array<f32>; // [N, H, ROW]

@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let runs = (ROW + 3u) / 4u;
  let first = id % runs * 4u;
  let row = id / runs;
  if (row >= arrayLength(&dx) / ROW) { return; }

  let i = (row / H * OH + TOP + row % H) * OROW + LEFT + first;
  let o = row * ROW + first;
  dx[o] = dy[i];
  if (exists(first, 1u, ROW)) { dx[o + 1u] = dy[i + 1u]; }
  if (exists(first, 2u, ROW)) { dx[o + 2u] = dy[i + 2u]; }
  if (exists(first, 3u, ROW)) { dx[o + 3u] = dy[i + 3u]; }
}
