// Update rules for the whole parameter arena at once, as in Keras. Arenas are padded to whole
// vec4s; padding stays 0. A moving average adds `fresh` times its distance from the new value, and
// `fresh` is 1 - beta in float64: in float32 the difference would lose the digits of a beta near 1.
// Uses step.wgsl.

override WORKGROUP: u32 = 64u;

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(1) var<storage, read> state: array<u32>;              // [2] see metrics.wgsl
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> moment1: array<vec4f>;    // velocity, sum or mean of squares, Adam's m
@group(0) @binding(4) var<storage, read_write> moment2: array<vec4f>;    // Adam's v

/// There is no update after a step that was not finite.
fn halted() -> bool {
  return state[0] != 0u;
}

/// The gradient, scaled down if the norm of all gradients together was too large. A negative factor
/// stands for one that may be too small for float32; see `clipFactor` of metrics.wgsl.
fn gradient(i: u32) -> vec4f {
  let factor = bitcast<f32>(state[1]);
  let scaled = gradients[i] * abs(factor);
  return select(scaled, scaled * 0x1p-100f, factor < 0.0);
}

/// A finite gradient times a large rate can still overflow: such an element keeps its value, so
/// weights stay finite.
fn update(i: u32, next: vec4f) {
  let exponent = bitcast<vec4u>(next) & vec4u(0x7f800000u);
  parameters[i] = select(next, parameters[i], exponent == vec4u(0x7f800000u));
}

/// https://keras.io/api/optimizers/sgd/: w -= learningRate * g
@compute @workgroup_size(WORKGROUP)
fn sgd(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  update(i, parameters[i] - step.learningRate * gradient(i));
}

/// https://keras.io/api/optimizers/sgd/: v = momentum * v - learningRate * g; w += v
@compute @workgroup_size(WORKGROUP)
fn momentum(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  let velocity = step.momentum * moment1[i] - step.learningRate * gradient(i);
  moment1[i] = velocity;
  update(i, parameters[i] + velocity);
}

/// https://keras.io/api/optimizers/sgd/, nesterov: v = momentum * v - learningRate * g; w +=
/// momentum * v - learningRate * g
@compute @workgroup_size(WORKGROUP)
fn nesterov(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  let push = step.learningRate * gradient(i);
  let velocity = step.momentum * moment1[i] - push;
  moment1[i] = velocity;
  update(i, parameters[i] + (step.momentum * velocity - push));
}

/// https://keras.io/api/optimizers/rmsprop/: v = rho * v + (1 - rho) * g^2; w -= learningRate * g /
/// sqrt(v + epsilon)
@compute @workgroup_size(WORKGROUP)
fn rmsprop(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  let g = gradient(i);
  let v = moment1[i] + step.fresh1 * (g * g - moment1[i]);
  moment1[i] = v;
  update(i, parameters[i] - step.learningRate * g / sqrt(v + step.epsilon));
}

/// https://keras.io/api/optimizers/adagrad/: a += g^2; w -= learningRate * g / sqrt(a + epsilon).
/// Like all moments, the stored sum starts at 0; `step.epsilon` includes its real initial value.
@compute @workgroup_size(WORKGROUP)
fn adagrad(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  let g = gradient(i);
  let sum = moment1[i] + g * g;
  moment1[i] = sum;
  update(i, parameters[i] - step.learningRate * g / sqrt(sum + step.epsilon));
}

/// Kingma & Ba 2015 with the bias corrections folded into the rate, as at the end of their section
/// 2 and in Keras.
fn adamStep(i: u32) -> vec4f {
  let g = gradient(i);
  let m = moment1[i] + step.fresh1 * (g - moment1[i]);
  let v = moment2[i] + step.fresh2 * (g * g - moment2[i]);
  moment1[i] = m;
  moment2[i] = v;
  return step.learningRate * m / (sqrt(v) + step.epsilon);
}

@compute @workgroup_size(WORKGROUP)
fn adam(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  update(i, parameters[i] - adamStep(i));
}

/// Loshchilov & Hutter 2019, algorithm 2, in the form of Keras: the decay is a share of the
/// learning rate and applies to biases too.
@compute @workgroup_size(WORKGROUP)
fn adamw(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * WORKGROUP;
  if (i >= arrayLength(&parameters) || halted()) { return; }
  update(i, parameters[i] - step.weightDecay * parameters[i] - adamStep(i));
}
