// Dropout: y = x * scale if 32 random bits reach the threshold, else 0. The gradient is the same.
// The bits follow from seed, layer, step and position, so the backward pass draws the same ones;
// src/random-bits.ts has the same arithmetic. Tensors are padded to whole vec4s. Uses step.wgsl.

override LAYER: u32 = 0u;
override THRESHOLD: u32 = 0u; // rate * 2^32
override SCALE: f32 = 1.0;    // 1 / (1 - rate)
override WORKGROUP: u32 = 64u;

const GOLDEN = 0x9e3779b9u;

@group(0) @binding(0) var<storage, read_write> x: array<vec4f>; // read only, in the buffer of y
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

fn mix32(bits: vec4u) -> vec4u {
  var z = (bits ^ (bits >> vec4u(16u))) * 0x7feb352du;
  z = (z ^ (z >> vec4u(15u))) * 0x846ca68bu;
  return z ^ (z >> vec4u(16u));
}

@compute @workgroup_size(WORKGROUP)
fn drop(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&y)) { return; }
  let key = mix32(mix32(mix32(vec4u(step.seed + GOLDEN)) + LAYER + GOLDEN) + step.number + GOLDEN);
  let bits = mix32(mix32(vec4u(4u * i) + vec4u(0u, 1u, 2u, 3u) + GOLDEN) ^ key);
  // Multiplies, so that a dropped NaN stays NaN.
  y[i] = x[i] * select(vec4f(), vec4f(SCALE), bits >= vec4u(THRESHOLD));
}
