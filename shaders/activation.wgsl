// Element-wise activation functions as separate kernels. `backward` also serves an activation that
// is fused into a convolution or dense layer. Tensors are padded to whole vec4s. Uses
// activations.wgsl.

override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> x: array<vec4f>; // read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&y)) { return; }
  y[i] = activate(x[i]);
}

@group(0) @binding(0) var<storage, read_write> dy: array<vec4f>; // read only, may be in the buffer of dz
@group(0) @binding(1) var<storage, read> source: array<vec4f>;   // the output, or the value before it; see derivative()
@group(0) @binding(2) var<storage, read_write> dz: array<vec4f>; // gradient before the activation

@compute @workgroup_size(WORKGROUP)
fn backward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&dz)) { return; }
  dz[i] = dy[i] * derivative(source[i]);
}
