// Finishes the gradients of all layers in one dispatch: adds up the partial sums of every weight gradient, and takes the sum of
// squares of every tensor, chunk by chunk. One workgroup per chunk; the plan lays the chunks out.

struct Chunk {
  source: u32,      // first element, in `partials` (weights) or `activationGradients` (outputs)
  destination: u32, // first element in `gradients`; weights only
  length: u32,      // elements of this chunk
  splits: u32,      // partial sums to add up; 0 marks an output gradient, which is only measured
  stride: u32,      // elements between two partial sums of the same element
}

const WORKGROUP = 64u;

@group(0) @binding(0) var<storage, read> chunks: array<Chunk>;
@group(0) @binding(1) var<storage, read> partials: array<f32>;
@group(0) @binding(2) var<storage, read> activationGradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> squares: array<f32>; // [chunks]

var<workgroup> shared_: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn finish(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let id = group.x + group.y * groups.x;
  let chunk = chunks[min(id, arrayLength(&chunks) - 1u)];
  var total = 0.0;
  for (var i = lane; i < chunk.length; i += WORKGROUP) {
    var value = 0.0;
    if (chunk.splits == 0u) {
      value = activationGradients[chunk.source + i];
    } else {
      for (var s = 0u; s < chunk.splits; s++) { value += partials[chunk.source + s * chunk.stride + i]; }
      gradients[chunk.destination + i] = value;
    }
    total += value * value;
  }
  shared_[lane] = total;
  workgroupBarrier();
  if (lane != 0u || id >= arrayLength(&chunks)) { return; }
  for (var i = 1u; i < WORKGROUP; i++) { total += shared_[i]; }
  squares[id] = total;
}
