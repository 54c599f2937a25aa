// Softmax cross-entropy from logits, with its gradient, one row per invocation. It subtracts the
// maximum before exp, and takes the logarithm of a sum that is at least 1, so neither overflows.
// The mean is over the `count` examples of the batch. Uses step.wgsl.

override CLASSES: u32 = 1u;
override WORKGROUP: u32 = 64u;

const PADDING = 0xffffffffu;   // the label of a row without an example

@group(0) @binding(0) var<storage, read> logits: array<f32>;           // [N, CLASSES]
@group(0) @binding(1) var<storage, read> target_: array<u32>;          // [N]
@group(0) @binding(2) var<storage, read_write> dLogits: array<f32>;    // [N, CLASSES]
@group(0) @binding(3) var<storage, read_write> result: array<vec2f>;   // [N] (loss, 1 if classified right)

@compute @workgroup_size(WORKGROUP)
fn softmaxCrossEntropy(@builtin(global_invocation_id) gid: vec3u) {
  let n = gid.x;
  if (n >= arrayLength(&result)) { return; }
  let row = n * CLASSES;
  let label = target_[n];
  if (label == PADDING) {
    for (var c = 0u; c < CLASSES; c++) { dLogits[row + c] = 0.0; }
    result[n] = vec2f();
    return;
  }
  var best = 0u;
  for (var c = 1u; c < CLASSES; c++) {
    if (logits[row + c] > logits[row + best]) { best = c; }
  }
  let top = logits[row + best];
  var sum = 0.0;
  var others = 0.0;
  var unsound = false;
  for (var c = 0u; c < CLASSES; c++) {
    let logit = logits[row + c];
    let term = exp(logit - top);
    sum += term;
    others += select(term, 0.0, c == label);
    unsound |= !isFinite(logit);
  }
  // One score that is not finite makes the row meaningless. exp() may hide that, so the row is set
  // to NaN.
  var nanBits = 0x7fc00000u;
  let nan = bitcast<f32>(nanBits);
  let scale = 1.0 / f32(step.count);
  for (var c = 0u; c < CLASSES; c++) {
    // The label's own gradient is its probability - 1. That difference would cancel to a few digits
    // where the network is sure of the label, so it is computed from the other classes instead.
    let term = select(exp(logits[row + c] - top), -others, c == label);
    dLogits[row + c] = select(term / sum * scale, nan, unsound);
  }
  let loss = log(sum) - (logits[row + label] - top);
  result[n] = vec2f(select(loss, nan, unsound), select(0.0, 1.0, best == label));
}
