// Builds a batch on the GPU: picks rows of the data set by a shuffled index and turns bytes into
// 0..1. Uses step.wgsl.

override SIZE: u32 = 1u;       // bytes per image: H * W * C
override WORKGROUP: u32 = 64u;

const PADDING = 0xffffffffu;   // the label of a row without an example

@group(0) @binding(0) var<storage, read> images: array<u32>;       // [count, SIZE] bytes, four to a word
@group(0) @binding(1) var<storage, read> labels: array<u32>;       // [count] bytes, four to a word
@group(0) @binding(2) var<storage, read> order: array<u32>;        // [count] row of the data set at each position
@group(0) @binding(3) var<storage, read_write> x: array<f32>;      // [N, SIZE]
@group(0) @binding(4) var<storage, read_write> target_: array<u32>; // [N] class, or PADDING

fn byteAt(word: u32, i: u32) -> u32 {
  return (word >> (8u * (i & 3u))) & 255u;
}

@compute @workgroup_size(WORKGROUP)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let quads = (SIZE + 3u) / 4u;
  let n = id / quads;
  if (n >= arrayLength(&target_)) { return; }
  let first = id % quads * 4u;
  let present = n < step.count;
  let row = order[select(0u, step.offset + n, present)];
  for (var i = first; i < min(first + 4u, SIZE); i++) {
    let at = row * SIZE + i;
    x[n * SIZE + i] = select(0.0, f32(byteAt(images[at / 4u], at)) / 255.0, present);
  }
  if (first == 0u) {
    target_[n] = select(PADDING, byteAt(labels[row / 4u], row), present);
  }
}
