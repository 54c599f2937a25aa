// The scalars of one training step, shared by all shaders that declare `step`. The backend appends
// this file to them. Its struct is the only place where they are declared: what is written into the
// buffer is laid out by what stands here.

struct Step {
  offset: u32,        // position of the batch in the order of the epoch
  count: u32,         // images in the batch; rows after them are padding and do not count
  number: u32,        // optimizer step, from 1
  slot: u32,          // record to write
  seed: u32,          // seed of the run
  learningRate: f32,  // includes the bias corrections of the optimizer, if it has any
  momentum: f32,
  fresh1: f32,        // share of the new value in moment1: 1 - beta1, or 1 - rho
  fresh2: f32,        // share of the new value in moment2: 1 - beta2
  epsilon: f32,
  weightDecay: f32,   // learningRate times weight decay
  l2: f32,            // factor for the squares of the weights in the loss
  clipNorm: f32,      // largest norm of all gradients together; 0 for no limit
}

@group(1) @binding(0) var<uniform> step: Step;

/// Tests the bits: shaders may assume that NaN never happens, so `v != v` proves nothing.
fn isFinite(v: f32) -> bool {
  return (bitcast<u32>(v) & 0x7f800000u) != 0x7f800000u;
}
