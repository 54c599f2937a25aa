// One record per step: loss, accuracy, and the L2 norm of every gradient. Also decides whether the step is sound: once anything
// is not finite, the run is halted on the GPU itself, so that no later update can spoil the weights.

struct Step {
  offset: u32,
  count: u32,
  number: u32,
  slot: u32,
  learningRate: f32,
  momentum: f32,
  beta2: f32,
  epsilon: f32,
}

override SLOTS: u32 = 1u; // norms per step

const WORKGROUP = 16u;
const HEADER = 3u;        // loss, accuracy, halted

@group(0) @binding(0) var<storage, read> result: array<vec2f>;        // [N] (loss, 1 if classified right)
@group(0) @binding(1) var<storage, read> squares: array<f32>;         // [chunks, LANES]
@group(0) @binding(2) var<storage, read> slots: array<vec2u>;         // [SLOTS] (first sum of squares, how many)
@group(0) @binding(3) var<storage, read_write> metrics: array<f32>;   // [steps, HEADER + SLOTS]
@group(0) @binding(4) var<storage, read_write> halted: array<u32>;    // [1] 1 after the first step that was not finite
@group(1) @binding(0) var<uniform> step: Step;

var<workgroup> parts: array<f32, WORKGROUP>;
var<workgroup> sums: array<vec2f, WORKGROUP>;
var<workgroup> unsound: array<u32, WORKGROUP>;

/// By the bits: shaders may assume that NaN never happens, so `v != v` proves nothing.
fn isFinite(v: f32) -> bool {
  return (bitcast<u32>(v) & 0x7f800000u) != 0x7f800000u;
}

@compute @workgroup_size(WORKGROUP)
fn record(@builtin(local_invocation_index) lane: u32) {
  let base = step.slot * (HEADER + SLOTS);
  var bad = 0u;
  for (var s = 0u; s < SLOTS; s++) {
    var part = 0.0;
    for (var i = lane; i < slots[s].y; i += WORKGROUP) { part += squares[slots[s].x + i]; }
    parts[lane] = part;
    workgroupBarrier();
    if (lane == s % WORKGROUP) {
      var total = 0.0;
      for (var i = 0u; i < WORKGROUP; i++) { total += parts[i]; }
      if (!isFinite(total)) { bad = 1u; }
      metrics[base + HEADER + s] = sqrt(total);
    }
    workgroupBarrier();
  }
  var sum = vec2f();
  for (var n = lane; n < arrayLength(&result); n += WORKGROUP) { sum += result[n]; }
  sums[lane] = sum;
  unsound[lane] = bad;
  workgroupBarrier();
  if (lane != 0u) { return; }
  for (var i = 1u; i < WORKGROUP; i++) {
    sum += sums[i];
    bad |= unsound[i];
  }
  if (!isFinite(sum.x)) { bad = 1u; }
  halted[0] |= bad;
  metrics[base] = sum.x / f32(step.count);
  metrics[base + 1u] = sum.y / f32(step.count);
  metrics[base + 2u] = f32(halted[0]);
}
