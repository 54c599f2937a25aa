// Sums of tensors, element by element: the forward pass of a skip connection, and the gradient
// where one branches off. Tensors are padded to whole vec4s. All tensors share their buffers, so
// all bindings are read_write.

override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> a: array<vec4f>; // read only
@group(0) @binding(1) var<storage, read_write> b: array<vec4f>; // read only
@group(0) @binding(2) var<storage, read_write> sum: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn add(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i < arrayLength(&sum)) { sum[i] = a[i] + b[i]; }
}

/// sum = a + a: one tensor cannot be bound twice.
@compute @workgroup_size(WORKGROUP)
fn double(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i < arrayLength(&sum)) { sum[i] = 2.0 * a[i]; }
}

/// sum += a, for every branch after the second.
@compute @workgroup_size(WORKGROUP)
fn accumulate(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i < arrayLength(&sum)) { sum[i] += a[i]; }
}
