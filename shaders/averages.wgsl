// Updates running averages from the values of a training batch (batch normalization keeps those of
// mean and variance), for all layers at once. Arenas are padded to whole vec4s.

override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read> batchValues: array<vec4f>;     // in the arena of the gradients
@group(0) @binding(1) var<storage, read> state: array<u32>;             // [2] halted, ...
@group(0) @binding(2) var<storage, read_write> averages: array<vec4f>;
@group(0) @binding(3) var<storage, read> momentums: array<vec4f>;       // share of its old value that each keeps

@compute @workgroup_size(WORKGROUP)
fn update(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&averages) || state[0] != 0u) { return; }
  averages[i] = averages[i] * momentums[i] + batchValues[i] * (1.0 - momentums[i]);
}
