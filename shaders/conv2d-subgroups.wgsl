enable subgroups;
// The loop bounds are the same for all lanes of a subgroup, but the compiler cannot see that.
diagnostic(off, subgroup_uniformity);

// The convolution kernels of conv2d.wgsl with 8 x 16 tiles, for software adapters whose subgroups
// are 4 lanes of a CPU. There every load is four loads, one per lane, and loads take most of the
// time. The lanes of a subgroup work on the same columns, so each loads a quarter of the shared
// operand and broadcasts it: 12 loads feed 128 multiply-adds, where conv2d.wgsl needs 16 for 64.
// Bindings and helpers are those of conv2d.wgsl, which the runtime appends to this file.

/// Four values, of which each lane of the subgroup has loaded one.
fn shared4(value: f32) -> vec4f {
  return vec4f(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u),
    subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
  );
}

/// Row tiles, rounded up so that no subgroup straddles two columns.
fn paddedTiles(rows: u32) -> u32 {
  return ((rows + 7u) / 8u + 3u) / 4u * 4u;
}

@compute @workgroup_size(WORKGROUP)
fn wideForward(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let pixels = arrayLength(&y) / F;
  let tiles = paddedTiles(pixels);
  let f = tile / tiles * 16u;
  let first = tile % tiles * 8u;

  let o0 = tapOrigin(min(first + 0u, pixels - 1u));
  let o1 = tapOrigin(min(first + 1u, pixels - 1u));
  let o2 = tapOrigin(min(first + 2u, pixels - 1u));
  let o3 = tapOrigin(min(first + 3u, pixels - 1u));
  let o4 = tapOrigin(min(first + 4u, pixels - 1u));
  let o5 = tapOrigin(min(first + 5u, pixels - 1u));
  let o6 = tapOrigin(min(first + 6u, pixels - 1u));
  let o7 = tapOrigin(min(first + 7u, pixels - 1u));
  let biasA = bias4(f); let biasB = bias4(f + 4u); let biasC = bias4(f + 8u); let biasD = bias4(f + 12u);
  var a0 = biasA; var b0 = biasB; var c0 = biasC; var d0 = biasD;
  var a1 = biasA; var b1 = biasB; var c1 = biasC; var d1 = biasD;
  var a2 = biasA; var b2 = biasB; var c2 = biasC; var d2 = biasD;
  var a3 = biasA; var b3 = biasB; var c3 = biasC; var d3 = biasD;
  var a4 = biasA; var b4 = biasB; var c4 = biasC; var d4 = biasD;
  var a5 = biasA; var b5 = biasB; var c5 = biasC; var d5 = biasD;
  var a6 = biasA; var b6 = biasB; var c6 = biasC; var d6 = biasD;
  var a7 = biasA; var b7 = biasB; var c7 = biasC; var d7 = biasD;
  for (var ky = 0u; ky < KH; ky++) {
    for (var kx = 0u; kx < KW; kx++) {
      let i0 = tapIndex(o0, ky, kx);
      let i1 = tapIndex(o1, ky, kx);
      let i2 = tapIndex(o2, ky, kx);
      let i3 = tapIndex(o3, ky, kx);
      let i4 = tapIndex(o4, ky, kx);
      let i5 = tapIndex(o5, ky, kx);
      let i6 = tapIndex(o6, ky, kx);
      let i7 = tapIndex(o7, ky, kx);
      var w = (ky * KW + kx) * C * F + f + lane;
      for (var c = 0u; c < C; c++) {
        let wa = shared4(weight[w]);
        let wb = shared4(weight[w + 4u]);
        let wc = shared4(weight[w + 8u]);
        let wd = shared4(weight[w + 12u]);
        let v0 = inputAt(i0, c); a0 += v0 * wa; b0 += v0 * wb; c0 += v0 * wc; d0 += v0 * wd;
        let v1 = inputAt(i1, c); a1 += v1 * wa; b1 += v1 * wb; c1 += v1 * wc; d1 += v1 * wd;
        let v2 = inputAt(i2, c); a2 += v2 * wa; b2 += v2 * wb; c2 += v2 * wc; d2 += v2 * wd;
        let v3 = inputAt(i3, c); a3 += v3 * wa; b3 += v3 * wb; c3 += v3 * wc; d3 += v3 * wd;
        let v4 = inputAt(i4, c); a4 += v4 * wa; b4 += v4 * wb; c4 += v4 * wc; d4 += v4 * wd;
        let v5 = inputAt(i5, c); a5 += v5 * wa; b5 += v5 * wb; c5 += v5 * wc; d5 += v5 * wd;
        let v6 = inputAt(i6, c); a6 += v6 * wa; b6 += v6 * wb; c6 += v6 * wc; d6 += v6 * wd;
        let v7 = inputAt(i7, c); a7 += v7 * wa; b7 += v7 * wb; c7 += v7 * wc; d7 += v7 * wd;
        w += F;
      }
    }
  }
  var sums = array<vec4f, 32>(
    a0, b0, c0, d0,
    a1, b1, c1, d1,
    a2, b2, c2, d2,
    a3, b3, c3, d3,
    a4, b4, c4, d4,
    a5, b5, c5, d5,
    a6, b6, c6, d6,
    a7, b7, c7, d7,
  );
  for (var i = 0u; i < 32u; i++) { storeOutput(first + i / 4u, f + i % 4u * 4u, sums[i]); }
}

@compute @workgroup_size(WORKGROUP)
fn wideInputGradient(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let pixels = phasePixels();
  // No subgroup spans two phases either.
  let tiles = paddedTiles(pixels);
  let first = tile % tiles * 8u;
  let phase = tile / tiles % (SH * SW);
  let c = tile / tiles / (SH * SW) * 16u;

  let o0 = gradientOrigin(min(first + 0u, pixels - 1u), phase);
  let o1 = gradientOrigin(min(first + 1u, pixels - 1u), phase);
  let o2 = gradientOrigin(min(first + 2u, pixels - 1u), phase);
  let o3 = gradientOrigin(min(first + 3u, pixels - 1u), phase);
  let o4 = gradientOrigin(min(first + 4u, pixels - 1u), phase);
  let o5 = gradientOrigin(min(first + 5u, pixels - 1u), phase);
  let o6 = gradientOrigin(min(first + 6u, pixels - 1u), phase);
  let o7 = gradientOrigin(min(first + 7u, pixels - 1u), phase);
  // Channels past C repeat the last one; their results are never stored.
  let ca = min(c + lane, C - 1u) * F;
  let cb = min(c + 4u + lane, C - 1u) * F;
  let cc = min(c + 8u + lane, C - 1u) * F;
  let cd = min(c + 12u + lane, C - 1u) * F;
  var a0 = vec4f(); var b0 = vec4f(); var c0 = vec4f(); var d0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f(); var c1 = vec4f(); var d1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f(); var c2 = vec4f(); var d2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f(); var c3 = vec4f(); var d3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f(); var c4 = vec4f(); var d4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f(); var c5 = vec4f(); var d5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f(); var c6 = vec4f(); var d6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f(); var c7 = vec4f(); var d7 = vec4f();
  let tap = firstTap(phase);
  for (var ky = tap.x; ky < KH; ky += SH) {
    for (var kx = tap.y; kx < KW; kx += SW) {
      let i0 = gradientIndex(o0, ky, kx);
      let i1 = gradientIndex(o1, ky, kx);
      let i2 = gradientIndex(o2, ky, kx);
      let i3 = gradientIndex(o3, ky, kx);
      let i4 = gradientIndex(o4, ky, kx);
      let i5 = gradientIndex(o5, ky, kx);
      let i6 = gradientIndex(o6, ky, kx);
      let i7 = gradientIndex(o7, ky, kx);
      let w = (ky * KW + kx) * C * F;
      for (var f = 0u; f < F; f++) {
        let wa = shared4(weight[w + f + ca]);
        let wb = shared4(weight[w + f + cb]);
        let wc = shared4(weight[w + f + cc]);
        let wd = shared4(weight[w + f + cd]);
        let v0 = gradientAt(i0, f); a0 += v0 * wa; b0 += v0 * wb; c0 += v0 * wc; d0 += v0 * wd;
        let v1 = gradientAt(i1, f); a1 += v1 * wa; b1 += v1 * wb; c1 += v1 * wc; d1 += v1 * wd;
        let v2 = gradientAt(i2, f); a2 += v2 * wa; b2 += v2 * wb; c2 += v2 * wc; d2 += v2 * wd;
        let v3 = gradientAt(i3, f); a3 += v3 * wa; b3 += v3 * wb; c3 += v3 * wc; d3 += v3 * wd;
        let v4 = gradientAt(i4, f); a4 += v4 * wa; b4 += v4 * wb; c4 += v4 * wc; d4 += v4 * wd;
        let v5 = gradientAt(i5, f); a5 += v5 * wa; b5 += v5 * wb; c5 += v5 * wc; d5 += v5 * wd;
        let v6 = gradientAt(i6, f); a6 += v6 * wa; b6 += v6 * wb; c6 += v6 * wc; d6 += v6 * wd;
        let v7 = gradientAt(i7, f); a7 += v7 * wa; b7 += v7 * wb; c7 += v7 * wc; d7 += v7 * wd;
      }
    }
  }
  var sums = array<vec4f, 32>(
    a0, b0, c0, d0,
    a1, b1, c1, d1,
    a2, b2, c2, d2,
    a3, b3, c3, d3,
    a4, b4, c4, d4,
    a5, b5, c5, d5,
    a6, b6, c6, d6,
    a7, b7, c7, d7,
  );
  for (var p = 0u; p < 8u; p++) {
    let pixel = gradientPixel(first + p, phase);
    for (var j = 0u; j < 4u; j++) { storeInputGradient(pixel, c + j * 4u, sums[4u * p + j]); }
  }
}

@compute @workgroup_size(WORKGROUP)
fn wideWeightGradient(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let id = gid.x + gid.y * groups.x * WORKGROUP;
  let columns = (F + 15u) / 16u;
  let tiles = paddedTiles(KH * KW * C);
  let row = id % tiles * 8u;
  let f = id / tiles % columns * 16u;
  let splits = arrayLength(&weightPartials) / (KH * KW * C * F);
  let images = arrayLength(&dzIn) / (OH * OW * F);
  // There are no images past the last part, and rows past the last one are never stored.
  let split = id / (columns * tiles);
  let end = select(0u, (split + 1u) * images / splits, split < splits);

  let t0 = tapOf(row + 0u);
  let t1 = tapOf(row + 1u);
  let t2 = tapOf(row + 2u);
  let t3 = tapOf(row + 3u);
  let t4 = tapOf(row + 4u);
  let t5 = tapOf(row + 5u);
  let t6 = tapOf(row + 6u);
  let t7 = tapOf(row + 7u);
  var a0 = vec4f(); var b0 = vec4f(); var c0 = vec4f(); var d0 = vec4f();
  var a1 = vec4f(); var b1 = vec4f(); var c1 = vec4f(); var d1 = vec4f();
  var a2 = vec4f(); var b2 = vec4f(); var c2 = vec4f(); var d2 = vec4f();
  var a3 = vec4f(); var b3 = vec4f(); var c3 = vec4f(); var d3 = vec4f();
  var a4 = vec4f(); var b4 = vec4f(); var c4 = vec4f(); var d4 = vec4f();
  var a5 = vec4f(); var b5 = vec4f(); var c5 = vec4f(); var d5 = vec4f();
  var a6 = vec4f(); var b6 = vec4f(); var c6 = vec4f(); var d6 = vec4f();
  var a7 = vec4f(); var b7 = vec4f(); var c7 = vec4f(); var d7 = vec4f();
  var biasA = vec4f(); var biasB = vec4f(); var biasC = vec4f(); var biasD = vec4f();
  for (var n = split * images / splits; n < end; n++) {
    for (var oy = 0u; oy < OH; oy++) {
      let iy = i32(oy * SH) - PT;
      var z = (n * OH + oy) * OW * F + f + lane;
      for (var ox = 0u; ox < OW; ox++) {
        let ix = i32(ox * SW) - PL;
        let base = ((i32(n * H) + iy) * i32(W) + ix) * i32(C);
        let ga = shared4(dzIn[z]);
        let gb = shared4(dzIn[z + 4u]);
        let gc = shared4(dzIn[z + 8u]);
        let gd = shared4(dzIn[z + 12u]);
        biasA += ga; biasB += gb; biasC += gc; biasD += gd;
        let v0 = inputUnder(t0, base, iy, ix); a0 += v0 * ga; b0 += v0 * gb; c0 += v0 * gc; d0 += v0 * gd;
        let v1 = inputUnder(t1, base, iy, ix); a1 += v1 * ga; b1 += v1 * gb; c1 += v1 * gc; d1 += v1 * gd;
        let v2 = inputUnder(t2, base, iy, ix); a2 += v2 * ga; b2 += v2 * gb; c2 += v2 * gc; d2 += v2 * gd;
        let v3 = inputUnder(t3, base, iy, ix); a3 += v3 * ga; b3 += v3 * gb; c3 += v3 * gc; d3 += v3 * gd;
        let v4 = inputUnder(t4, base, iy, ix); a4 += v4 * ga; b4 += v4 * gb; c4 += v4 * gc; d4 += v4 * gd;
        let v5 = inputUnder(t5, base, iy, ix); a5 += v5 * ga; b5 += v5 * gb; c5 += v5 * gc; d5 += v5 * gd;
        let v6 = inputUnder(t6, base, iy, ix); a6 += v6 * ga; b6 += v6 * gb; c6 += v6 * gc; d6 += v6 * gd;
        let v7 = inputUnder(t7, base, iy, ix); a7 += v7 * ga; b7 += v7 * gb; c7 += v7 * gc; d7 += v7 * gd;
        z += F;
      }
    }
  }
  if (split >= splits) { return; }
  var sums = array<vec4f, 32>(
    a0, b0, c0, d0,
    a1, b1, c1, d1,
    a2, b2, c2, d2,
    a3, b3, c3, d3,
    a4, b4, c4, d4,
    a5, b5, c5, d5,
    a6, b6, c6, d6,
    a7, b7, c7, d7,
  );
  for (var i = 0u; i < 32u; i++) { storeWeightGradient(split, row + i / 4u, f + i % 4u * 4u, sums[i]); }
  if (USE_BIAS && row == 0u) {
    var biases = array<vec4f, 4>(biasA, biasB, biasC, biasD);
    for (var i = 0u; i < 4u; i++) { storeBiasGradient(split, f + i * 4u, biases[i]); }
  }
}
