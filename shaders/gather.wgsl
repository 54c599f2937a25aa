// Builds a batch on the GPU: picks rows of the data set by a shuffled index and turns bytes into
// the numbers that the network sees. Uses step.wgsl.

override SIZE: u32 = 1u;       // bytes per image: H * W * C
override CHANNELS: u32 = 1u;   // C, only for gatherByChannel
override MEAN: f32 = 0.0;      // mean and deviation of all channels, in bytes; only for gather
override STD: f32 = 255.0;
override WORKGROUP: u32 = 64u;

const PADDING = 0xffffffffu;   // the label of a row without an example

@group(0) @binding(0) var<storage, read> images: array<u32>;       // [count, SIZE] bytes, four to a word
@group(0) @binding(1) var<storage, read> labels: array<u32>;       // [count] bytes, four to a word
@group(0) @binding(2) var<storage, read> order: array<u32>;        // [count] row of the data set at each position
@group(0) @binding(3) var<storage, read_write> x: array<f32>;      // [N, SIZE]
@group(0) @binding(4) var<storage, read_write> target_: array<u32>; // [N] class, or PADDING
@group(0) @binding(5) var<storage, read> scalings: array<vec2f>;   // [CHANNELS] mean and deviation, in bytes

// The one place of the formula in WGSL; src/model/input-scaling.ts says what each scaling gives it.
fn scaled(byte: u32, mean: f32, deviation: f32) -> f32 {
  return (f32(byte) - mean) / deviation;
}

fn byteAt(word: u32, i: u32) -> u32 {
  return (word >> (8u * (i & 3u))) & 255u;
}

// Up to four bytes of an image, which are the work of one thread.
struct Quad {
  n: u32,        // row of the batch
  first: u32,    // place of the first byte in the image
  row: u32,      // of the data set
  present: bool, // whether the row of the batch has an example
}

fn quadOf(gid: vec3u, groups: vec3u) -> Quad {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let quads = (SIZE + 3u) / 4u;
  let n = id / quads;
  let present = n < step.count;
  return Quad(n, id % quads * 4u, order[select(0u, step.offset + n, present)], present);
}

fn byteOf(quad: Quad, i: u32) -> u32 {
  let at = quad.row * SIZE + i;
  return byteAt(images[at / 4u], at);
}

fn placeLabel(quad: Quad) {
  if (quad.first == 0u) {
    target_[quad.n] = select(PADDING, byteAt(labels[quad.row / 4u], quad.row), quad.present);
  }
}

// All channels share one scaling.
@compute @workgroup_size(WORKGROUP)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = quadOf(gid, groups);
  if (quad.n >= arrayLength(&target_)) { return; }
  for (var i = quad.first; i < min(quad.first + 4u, SIZE); i++) {
    x[quad.n * SIZE + i] = select(0.0, scaled(byteOf(quad, i), MEAN, STD), quad.present);
  }
  placeLabel(quad);
}

// Each channel has its own.
@compute @workgroup_size(WORKGROUP)
fn gatherByChannel(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = quadOf(gid, groups);
  if (quad.n >= arrayLength(&target_)) { return; }
  for (var i = quad.first; i < min(quad.first + 4u, SIZE); i++) {
    let own = scalings[i % CHANNELS];
    x[quad.n * SIZE + i] = select(0.0, scaled(byteOf(quad, i), own.x, own.y), quad.present);
  }
  placeLabel(quad);
}
