// Finishes the gradients of all layers in one dispatch: it adds up the partial sums of every weight
// gradient, and computes sums of squares of every tensor, chunk by chunk. The plan lays the chunks
// out. LANES threads share a chunk, each with its own sums: a barrier would cost a software adapter
// more than the sums do. Uses norms.wgsl and step.wgsl.

struct Chunk {
  source: u32,      // first element, in `partials` (weights) or `activationGradients` (outputs)
  destination: u32, // first element in `gradients`; weights only
  length: u32,      // elements of this chunk
  splits: u32,      // number of partial sums to add up; 0 marks an output gradient, which is only measured
  stride: u32,      // elements between two partial sums of the same element
  regularized: u32, // 1 if the squares of the weights are part of the loss (Keras's L2: l2 * sum of w^2)
}

override WORKGROUP: u32 = 64u;

const LANES = 16u;

@group(0) @binding(0) var<storage, read> chunks: array<Chunk>;
@group(0) @binding(1) var<storage, read> partials: array<f32>;
@group(0) @binding(2) var<storage, read> activationGradients: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> squares: array<vec3f>; // [chunks, LANES]
@group(0) @binding(5) var<storage, read> parameters: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn finish(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  if (id / LANES >= arrayLength(&chunks)) { return; }
  let chunk = chunks[id / LANES];
  if (chunk.splits == 0u) {
    squares[id] = measure(chunk, id % LANES);
  } else {
    squares[id] = addUp(chunk, id % LANES);
  }
}

/// A lane's share of the sums of squares of an output gradient. Chunks begin at whole vec4s.
fn measure(chunk: Chunk, lane: u32) -> vec3f {
  var enlarged = vec4f();
  var plain = vec4f();
  var reduced = vec4f();
  for (var i = lane; i < (chunk.length + 3u) / 4u; i += LANES) {
    let value = activationGradients[chunk.source / 4u + i];
    // The padding after the last element may hold anything.
    let kept = select(vec4f(), value, vec4u(4u * i) + vec4u(0u, 1u, 2u, 3u) < vec4u(chunk.length));
    let large = kept * ENLARGE;
    let small = kept * REDUCE;
    enlarged += large * large;
    plain += kept * kept;
    reduced += small * small;
  }
  return vec3f(total(enlarged), total(plain), total(reduced));
}

fn total(v: vec4f) -> f32 {
  return v.x + v.y + v.z + v.w;
}

/// A lane's share of the sums of squares of a weight gradient, whose parts it adds up first.
fn addUp(chunk: Chunk, lane: u32) -> vec3f {
  let decay = 2.0 * step.l2 * f32(chunk.regularized);
  var sums = vec3f();
  for (var i = lane; i < chunk.length; i += LANES) {
    var value = decay * parameters[chunk.destination + i];
    for (var s = 0u; s < chunk.splits; s++) { value += partials[chunk.source + s * chunk.stride + i]; }
    gradients[chunk.destination + i] = value;
    sums += squaresOf(value);
  }
  return sums;
}
