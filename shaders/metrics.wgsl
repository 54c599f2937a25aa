// Writes one record per step: loss, accuracy, and the L2 norm of every gradient. It also decides
// whether the step is sound: as soon as anything is not finite, the GPU itself halts the run, so no
// later update can spoil the weights. Uses norms.wgsl and step.wgsl.

struct Slot {
  first: u32,   // the first of its sums of squares
  count: u32,   // how many of them
  trained: u32, // 1 for the gradient of a trained tensor, 0 for that of an output
}

override SLOTS: u32 = 1u; // norms per step

const WORKGROUP = 16u;
const HEADER = 3u;        // loss, accuracy, halted

@group(0) @binding(0) var<storage, read> result: array<vec2f>;        // [N] (loss, 1 if classified right)
@group(0) @binding(1) var<storage, read> squares: array<vec3f>;       // [chunks, LANES]
@group(0) @binding(2) var<storage, read> slots: array<Slot>;          // [SLOTS]
@group(0) @binding(3) var<storage, read_write> metrics: array<f32>;   // [steps, HEADER + SLOTS]
@group(0) @binding(4) var<storage, read_write> state: array<u32>;     // [2] see below

// state[0] is 1 after the first step that was not finite. state[1] holds the bits of the factor
// that scales the gradients down to the largest allowed norm; see `clipFactor`.

var<workgroup> parts: array<vec3f, WORKGROUP>;
var<workgroup> sums: array<vec2f, WORKGROUP>;
var<workgroup> unsound: array<u32, WORKGROUP>;
var<workgroup> squaredNorm: array<vec3f, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn record(@builtin(local_invocation_index) lane: u32) {
  let base = step.slot * (HEADER + SLOTS);
  var bad = 0u;
  var trained = vec3f();
  for (var s = 0u; s < SLOTS; s++) {
    var part = vec3f();
    for (var i = lane; i < slots[s].count; i += WORKGROUP) { part += squares[slots[s].first + i]; }
    parts[lane] = part;
    workgroupBarrier();
    if (lane == s % WORKGROUP) {
      var total = vec3f();
      for (var i = 0u; i < WORKGROUP; i++) { total += parts[i]; }
      trained += select(vec3f(), total, slots[s].trained != 0u);
      let norm = normOf(total);
      let value = norm.root * norm.unit;
      if (!isFinite(value)) { bad = 1u; }
      metrics[base + HEADER + s] = value;
    }
    workgroupBarrier();
  }
  var sum = vec2f();
  for (var n = lane; n < arrayLength(&result); n += WORKGROUP) { sum += result[n]; }
  sums[lane] = sum;
  unsound[lane] = bad;
  squaredNorm[lane] = trained;
  workgroupBarrier();
  if (lane != 0u) { return; }
  for (var i = 1u; i < WORKGROUP; i++) {
    sum += sums[i];
    bad |= unsound[i];
    trained += squaredNorm[i];
  }
  if (!isFinite(sum.x)) { bad = 1u; }
  state[0] |= bad;
  state[1] = bitcast<u32>(clipFactor(normOf(trained)));
  metrics[base] = sum.x / f32(step.count);
  metrics[base + 1u] = sum.y / f32(step.count);
  metrics[base + 2u] = f32(state[0]);
}

/// Pascanu, Mikolov & Bengio 2013, algorithm 1: all gradients are scaled alike, so their direction
/// stays the same. The factor is computed times 2^100, because a small one could underflow on the
/// way; one below 2^-100 is returned like that, and negative. No limit is so large (1e6 at most)
/// that it would overflow.
fn clipFactor(norm: Norm) -> f32 {
  if (step.clipNorm <= 0.0 || norm.root <= step.clipNorm * norm.scale) { return 1.0; }
  let enlarged = ((step.clipNorm * 0x1p100f) / norm.root) * norm.scale;
  return select(enlarged * 0x1p-100f, -enlarged, enlarged < 1.0);
}
