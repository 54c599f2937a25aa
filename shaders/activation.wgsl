// Element-wise activation functions. Every derivative is computed from the output, so no pre-activation is kept.
// `backward` also serves the activation fused into a convolution or dense layer. Tensors are padded to whole vec4s.

override ACTIVATION: u32 = 0u; // 0 linear, 1 relu, 2 sigmoid, 3 tanh
override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read_write> x: array<vec4f>; // read only, but shares its buffer with y
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

/// NaN stays NaN, so that it is reported where it arose: max(), exp() and tanh() may swallow it.
fn activate(v: vec4f) -> vec4f {
  let isNan = (bitcast<vec4u>(v) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  if (ACTIVATION == 1u) { return select(v, vec4f(0.0), v < vec4f(0.0)); }
  if (ACTIVATION == 2u) { return select(1.0 / (1.0 + exp(-v)), v, isNan); }
  if (ACTIVATION == 3u) { // tanh overflows past 88 on some adapters, and is 1 in float32 past 9
    return select(tanh(clamp(v, vec4f(-15.0), vec4f(15.0))), v, isNan);
  }
  return v;
}

@compute @workgroup_size(WORKGROUP)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&y)) { return; }
  y[i] = activate(x[i]);
}

@group(0) @binding(0) var<storage, read_write> dy: array<vec4f>; // read only, but may share its buffer with dz
@group(0) @binding(1) var<storage, read> output: array<vec4f>;   // the activated values
@group(0) @binding(2) var<storage, read_write> dz: array<vec4f>; // gradient before the activation

fn derivative(a: vec4f) -> vec4f {
  if (ACTIVATION == 1u) { return select(vec4f(0.0), vec4f(1.0), a > vec4f(0.0)); } // 0 at 0, as in TensorFlow
  if (ACTIVATION == 2u) { return a * (1.0 - a); }
  if (ACTIVATION == 3u) { return 1.0 - a * a; }
  return vec4f(1.0);
}

@compute @workgroup_size(WORKGROUP)
fn backward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&dz)) { return; }
  dz[i] = dy[i] * derivative(output[i]);
}
