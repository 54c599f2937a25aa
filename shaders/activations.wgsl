// The activation functions of all layers. The runtime appends this file to the shaders that use it.
// ACTIVATION is the code of a function in src/model/activations.ts.

override ACTIVATION: u32 = 0u; // 0 linear, 1 relu, 2 sigmoid, 3 tanh, 5 leakyRelu, 6 elu, 7 gelu, 8 silu

const LEAKY_SLOPE = 0.2;

/// NaN stays NaN, so that it is reported where it arose: max(), exp() and tanh() may lose it.
fn activate(v: vec4f) -> vec4f {
  let isNan = (bitcast<vec4u>(v) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  if (ACTIVATION == 1u) { return select(v, vec4f(0.0), v < vec4f(0.0)); }
  if (ACTIVATION == 2u) { return select(1.0 / (1.0 + exp(-v)), v, isNan); }
  if (ACTIVATION == 3u) { // tanh overflows past 88 on some adapters, and is 1 in float32 past 9
    return select(tanh(clamp(v, vec4f(-15.0), vec4f(15.0))), v, isNan);
  }
  if (ACTIVATION == 5u) { return select(v, LEAKY_SLOPE * v, v < vec4f(0.0)); }
  if (ACTIVATION == 6u) { return select(v, expm1(v), v < vec4f(0.0)); }
  if (ACTIVATION == 7u) { return select(v * normalCdf(v), v, isNan); }
  if (ACTIVATION == 8u) { return select(v / (1.0 + exp(-v)), v, isNan); }
  return v;
}

/// f'(z), computed from the output a = f(z); for gelu and silu from z itself.
fn derivative(a: vec4f) -> vec4f {
  if (ACTIVATION == 1u) { return select(vec4f(0.0), vec4f(1.0), a > vec4f(0.0)); } // 0 at 0, as in TensorFlow
  if (ACTIVATION == 2u) { return a * (1.0 - a); }
  if (ACTIVATION == 3u) { return 1.0 - a * a; }
  if (ACTIVATION == 5u) { return select(vec4f(LEAKY_SLOPE), vec4f(1.0), a > vec4f(0.0)); }
  if (ACTIVATION == 6u) { return select(a + 1.0, vec4f(1.0), a > vec4f(0.0)); }
  if (ACTIVATION == 7u) { return normalCdf(a) + a * 0.3989422804 * exp(-0.5 * a * a); }
  if (ACTIVATION == 8u) {
    let s = 1.0 / (1.0 + exp(-a));
    return s * (1.0 + a * (1.0 - s));
  }
  return vec4f(1.0);
}

/// exp(v) - 1 for v <= 0. Near 0 the difference would cancel, so this uses 2 exp(v / 2) sinh(v /
/// 2).
fn expm1(v: vec4f) -> vec4f {
  let small = v * (1.0 + v * (0.5 + v * (1.0 / 6.0 + v * (1.0 / 24.0 + v / 120.0))));
  return select(exp(v) - 1.0, small, abs(v) < vec4f(0.1));
}

/// Distribution function of the normal distribution, 0.5 (1 + erf(v / sqrt 2)), with erf from
/// Abramowitz & Stegun 7.1.26 (absolute error below 1.5e-7, about what float32 resolves near 1).
fn normalCdf(v: vec4f) -> vec4f {
  let x = abs(v) * 0.7071067812;
  let t = 1.0 / (1.0 + 0.3275911 * x);
  let poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let tail = 0.5 * poly * exp(-x * x);
  return select(tail, 1.0 - tail, v > vec4f(0.0));
}
