// Mean of each channel over the image, NHWC (Keras `GlobalAveragePooling2D`). The number of images
// N follows from the lengths of the bindings.

override H: u32 = 1u; // input height
override W: u32 = 1u; // input width
override C: u32 = 1u; // channels
override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> x: array<f32>; // [N, H, W, C]; read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [N, C]

/// Each invocation averages four channels of an image.
@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C + 3u) / 4u;
  let c = id % lanes * 4u;
  let n = id / lanes;
  if (n >= arrayLength(&y) / C) { return; }

  // Row by row, so that a large image does not add small numbers to one large sum.
  var sum = vec4f();
  for (var iy = 0u; iy < H; iy++) {
    var rowSum = vec4f();
    for (var ix = 0u; ix < W; ix++) {
      let i = ((n * H + iy) * W + ix) * C + c;
      rowSum += vec4f(x[i], x[i + 1u], x[i + 2u], x[i + 3u]); // channels past C are never stored
    }
    sum += rowSum;
  }
  var average = sum / f32(H * W);
  for (var j = 0u; j < min(4u, C - c); j++) { y[n * C + c + j] = average[j]; }
}

@group(0) @binding(0) var<storage, read_write> dy: array<f32>; // [N, C]; read only, in the buffer of dx
@group(0) @binding(1) var<storage, read_write> dx: array<f32>; // [N, H, W, C]

/// Each invocation writes four channels of a row of pixels, which all get the same.
@compute @workgroup_size(WORKGROUP)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let lanes = (C + 3u) / 4u;
  let c = id % lanes * 4u;
  let row = id / lanes;
  if (row >= arrayLength(&dx) / (W * C)) { return; }

  let i = row / H * C + c;
  var share = vec4f(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u]) / f32(H * W);
  for (var ix = 0u; ix < W; ix++) {
    for (var j = 0u; j < min(4u, C - c); j++) { dx[(row * W + ix) * C + c + j] = share[j]; }
  }
}
