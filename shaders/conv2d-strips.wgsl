enable subgroups;
// The loop bounds are the same for all lanes of a subgroup, but the compiler cannot see that.
diagnostic(off, subgroup_uniformity);

// Convolution over strips of 7 neighbouring pixels of an output row, for software adapters whose
// subgroups are 4 lanes of a CPU. There a load costs as much as 30 multiply-adds. Three
// neighbouring taps on a strip share 9 loads instead of making 21, and each lane loads a quarter of
// what all lanes need and broadcasts it. Strides and dilation across have to be 1. Kernels are
// processed in blocks of 3 columns; the weights of columns past KW count as 0. Bindings, constants
// and helpers are those of conv2d.wgsl, which the runtime appends to this file.

/// Whether this computes dL/dx of a convolution with strides of 1. That is a convolution too: of
/// dz, with the kernel turned by 180 degrees and its channels and filters exchanged. C then counts
/// filters, and F channels.
override FLIPPED: bool = false;

/// Input cells under three taps on a strip.
struct Cells { c0: f32, c1: f32, c2: f32, c3: f32, c4: f32, c5: f32, c6: f32, c7: f32, c8: f32 }

/// Nine cells of one channel from column ix on, with zeros outside the input. @param first index of
/// the first cell
fn cellsAt(first: i32, inRow: bool, ix: i32) -> Cells {
  return Cells(
    cellAt(first, inRow, ix, 0), cellAt(first, inRow, ix, 1), cellAt(first, inRow, ix, 2),
    cellAt(first, inRow, ix, 3), cellAt(first, inRow, ix, 4), cellAt(first, inRow, ix, 5),
    cellAt(first, inRow, ix, 6), cellAt(first, inRow, ix, 7), cellAt(first, inRow, ix, 8),
  );
}

/// Masks bits instead of calling select() on numbers, which takes a software adapter longer.
fn cellAt(first: i32, inRow: bool, ix: i32, j: i32) -> f32 {
  let mask = select(0u, 0xffffffffu, inRow & (u32(ix + j) < W));
  return bitcast<f32>(bitcast<u32>(x[u32(first + j * i32(C))]) & mask);
}

// ----------------------------------------------------------------------------------------- forward

/// Eight outputs of one pixel.
struct Sums { low: vec4f, high: vec4f }

/// Weights of three neighbouring taps for four filters.
struct Taps { t0: vec4f, t1: vec4f, t2: vec4f }

/// Outputs of a strip.
struct StripSums { p0: Sums, p1: Sums, p2: Sums, p3: Sums, p4: Sums, p5: Sums, p6: Sums }

/// Where a strip is in the output, and in the input under its first tap.
struct Strip { pixel: u32, length: u32, top: i32, left: i32, corner: i32 }

fn stripAt(i: u32, strips: u32) -> Strip {
  let perRow = (OW + 6u) / 7u;
  let row = min(i, strips - 1u) / perRow;
  let ox = min(i, strips - 1u) % perRow * 7u;
  let top = i32(row % OH * SH) - PT;
  let left = i32(ox) - PL;
  let corner = ((i32(row / OH * H) + top) * i32(W) + left) * i32(C);
  return Strip(row * OW + ox, select(0u, min(7u, OW - ox), i < strips), top, left, corner);
}

/// Four values, of which each lane of the subgroup has loaded one.
fn shared4(value: f32) -> vec4f {
  return vec4f(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u),
    subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
  );
}

/// Weights from input channel c to filters f to f + 3 at a tap. Filters past F read the weights of
/// others; their results are never stored.
fn tapAt(ky: u32, kx: u32, c: u32, f: u32, lane: u32) -> vec4f {
  let tap = ky * KW + kx;
  let turned = ((KH * KW - 1u - tap) * F + f + lane) * C + c;
  let w = weight[select((tap * C + c) * F + f + lane, turned, FLIPPED)];
  return shared4(select(0.0, w, kx < KW));
}

fn tapsAt(ky: u32, kx: u32, c: u32, f: u32, lane: u32) -> Taps {
  return Taps(tapAt(ky, kx, c, f, lane), tapAt(ky, kx + 1u, c, f, lane), tapAt(ky, kx + 2u, c, f, lane));
}

// Written component by component: a software adapter keeps one running sum in a register, but not
// eight.
fn addTaps(s: vec4f, v0: f32, v1: f32, v2: f32, w: Taps) -> vec4f {
  return vec4f(
    s.x + v0 * w.t0.x + v1 * w.t1.x + v2 * w.t2.x,
    s.y + v0 * w.t0.y + v1 * w.t1.y + v2 * w.t2.y,
    s.z + v0 * w.t0.z + v1 * w.t1.z + v2 * w.t2.z,
    s.w + v0 * w.t0.w + v1 * w.t1.w + v2 * w.t2.w,
  );
}

fn addPixel(s: Sums, v0: f32, v1: f32, v2: f32, low: Taps, high: Taps) -> Sums {
  return Sums(addTaps(s.low, v0, v1, v2, low), addTaps(s.high, v0, v1, v2, high));
}

fn addStrip(s: StripSums, v: Cells, low: Taps, high: Taps) -> StripSums {
  return StripSums(
    addPixel(s.p0, v.c0, v.c1, v.c2, low, high),
    addPixel(s.p1, v.c1, v.c2, v.c3, low, high),
    addPixel(s.p2, v.c2, v.c3, v.c4, low, high),
    addPixel(s.p3, v.c3, v.c4, v.c5, low, high),
    addPixel(s.p4, v.c4, v.c5, v.c6, low, high),
    addPixel(s.p5, v.c5, v.c6, v.c7, low, high),
    addPixel(s.p6, v.c6, v.c7, v.c8, low, high),
  );
}

fn storeStrip(strip: Strip, f: u32, s: StripSums) {
  var sums = array<vec4f, 14>(
    s.p0.low, s.p0.high, s.p1.low, s.p1.high, s.p2.low, s.p2.high, s.p3.low, s.p3.high,
    s.p4.low, s.p4.high, s.p5.low, s.p5.high, s.p6.low, s.p6.high,
  );
  for (var i = 0u; i < 2u * strip.length; i++) { storeOutput(strip.pixel + i / 2u, f + i % 2u * 4u, sums[i]); }
}

/// Each invocation computes 8 filters of two strips.
@compute @workgroup_size(WORKGROUP)
fn stripForward(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let strips = arrayLength(&y) / (F * OW) * ((OW + 6u) / 7u);
  // Rounded up so that no subgroup straddles two columns of filters.
  let tiles = ((strips + 1u) / 2u + 3u) / 4u * 4u;
  let f = tile / tiles * 8u;
  let a = stripAt(tile % tiles * 2u, strips);
  let b = stripAt(tile % tiles * 2u + 1u, strips);

  let bias = Sums(bias4(f), bias4(f + 4u));
  var sumsA = StripSums(bias, bias, bias, bias, bias, bias, bias);
  var sumsB = sumsA;
  let blocks = (KW + 2u) / 3u;
  // A single loop, since every value that a loop carries is copied in each round.
  for (var i = 0u; i < KH * blocks * C; i++) {
    let c = i % C;
    let ky = i / C / blocks;
    let kx = i / C % blocks * 3u;
    let low = tapsAt(ky, kx, c, f, lane);
    let high = tapsAt(ky, kx, c, f + 4u, lane);
    let down = i32(ky * DH);
    let offset = (down * i32(W) + i32(kx)) * i32(C) + i32(c);
    sumsA = addStrip(sumsA, cellsAt(a.corner + offset, u32(a.top + down) < H, a.left + i32(kx)), low, high);
    sumsB = addStrip(sumsB, cellsAt(b.corner + offset, u32(b.top + down) < H, b.left + i32(kx)), low, high);
  }
  storeStrip(a, f, sumsA);
  storeStrip(b, f, sumsB);
}

// --------------------------------------------------------------------------------- weight gradient

/// dL/dz of the pixels of a strip, for filters f, f + 4, f + 8 and f + 12, where f differs between
/// lanes.
struct Gradients { g0: vec4f, g1: vec4f, g2: vec4f, g3: vec4f, g4: vec4f, g5: vec4f, g6: vec4f }

/// Gradients of three neighbouring taps, for the same filters.
struct TapSums { t0: vec4f, t1: vec4f, t2: vec4f }

fn gradientsAt(z: u32, length: u32) -> Gradients {
  return Gradients(
    pixelAt(z, 0u, length), pixelAt(z, 1u, length), pixelAt(z, 2u, length), pixelAt(z, 3u, length),
    pixelAt(z, 4u, length), pixelAt(z, 5u, length), pixelAt(z, 6u, length),
  );
}

fn pixelAt(z: u32, p: u32, length: u32) -> vec4f {
  let i = z + p * F;
  return select(vec4f(), vec4f(dzIn[i], dzIn[i + 4u], dzIn[i + 8u], dzIn[i + 12u]), p < length);
}

fn addPixels(s: vec4f, v0: f32, v1: f32, v2: f32, v3: f32, v4: f32, v5: f32, v6: f32, g: Gradients) -> vec4f {
  return vec4f(
    s.x + v0 * g.g0.x + v1 * g.g1.x + v2 * g.g2.x + v3 * g.g3.x + v4 * g.g4.x + v5 * g.g5.x + v6 * g.g6.x,
    s.y + v0 * g.g0.y + v1 * g.g1.y + v2 * g.g2.y + v3 * g.g3.y + v4 * g.g4.y + v5 * g.g5.y + v6 * g.g6.y,
    s.z + v0 * g.g0.z + v1 * g.g1.z + v2 * g.g2.z + v3 * g.g3.z + v4 * g.g4.z + v5 * g.g5.z + v6 * g.g6.z,
    s.w + v0 * g.g0.w + v1 * g.g1.w + v2 * g.g2.w + v3 * g.g3.w + v4 * g.g4.w + v5 * g.g5.w + v6 * g.g6.w,
  );
}

fn addCells(s: TapSums, v: Cells, g: Gradients) -> TapSums {
  return TapSums(
    addPixels(s.t0, v.c0, v.c1, v.c2, v.c3, v.c4, v.c5, v.c6, g),
    addPixels(s.t1, v.c1, v.c2, v.c3, v.c4, v.c5, v.c6, v.c7, g),
    addPixels(s.t2, v.c2, v.c3, v.c4, v.c5, v.c6, v.c7, v.c8, g),
  );
}

// The cells that one lane has loaded. A broadcast takes the number of its lane only as a constant.
fn ofLane0(v: Cells) -> Cells {
  return Cells(
    subgroupBroadcast(v.c0, 0u), subgroupBroadcast(v.c1, 0u), subgroupBroadcast(v.c2, 0u),
    subgroupBroadcast(v.c3, 0u), subgroupBroadcast(v.c4, 0u), subgroupBroadcast(v.c5, 0u),
    subgroupBroadcast(v.c6, 0u), subgroupBroadcast(v.c7, 0u), subgroupBroadcast(v.c8, 0u),
  );
}
fn ofLane1(v: Cells) -> Cells {
  return Cells(
    subgroupBroadcast(v.c0, 1u), subgroupBroadcast(v.c1, 1u), subgroupBroadcast(v.c2, 1u),
    subgroupBroadcast(v.c3, 1u), subgroupBroadcast(v.c4, 1u), subgroupBroadcast(v.c5, 1u),
    subgroupBroadcast(v.c6, 1u), subgroupBroadcast(v.c7, 1u), subgroupBroadcast(v.c8, 1u),
  );
}
fn ofLane2(v: Cells) -> Cells {
  return Cells(
    subgroupBroadcast(v.c0, 2u), subgroupBroadcast(v.c1, 2u), subgroupBroadcast(v.c2, 2u),
    subgroupBroadcast(v.c3, 2u), subgroupBroadcast(v.c4, 2u), subgroupBroadcast(v.c5, 2u),
    subgroupBroadcast(v.c6, 2u), subgroupBroadcast(v.c7, 2u), subgroupBroadcast(v.c8, 2u),
  );
}
fn ofLane3(v: Cells) -> Cells {
  return Cells(
    subgroupBroadcast(v.c0, 3u), subgroupBroadcast(v.c1, 3u), subgroupBroadcast(v.c2, 3u),
    subgroupBroadcast(v.c3, 3u), subgroupBroadcast(v.c4, 3u), subgroupBroadcast(v.c5, 3u),
    subgroupBroadcast(v.c6, 3u), subgroupBroadcast(v.c7, 3u), subgroupBroadcast(v.c8, 3u),
  );
}

/// The nine cells from column ix on, of row r of the weight matrix for one kernel column: kernel
/// row r / C, channel r % C.
fn rowCells(r: u32, outputRow: u32, ix: i32) -> Cells {
  let row = min(r, KH * C - 1u); // rows past the end are never stored
  let iy = i32(outputRow % OH * SH + row / C * DH) - PT;
  let first = ((i32(outputRow / OH * H) + iy) * i32(W) + ix) * i32(C) + i32(row % C);
  return cellsAt(first, u32(iy) < H, ix);
}

fn storeTap(split: u32, r: u32, kx: u32, f: u32, sum: vec4f) {
  if (r >= KH * C || kx >= KW) { return; }
  let i = ((split * KH + r / C) * KW + kx) * C + r % C;
  for (var j = 0u; j < 4u; j++) {
    if (f + j * 4u < F) { weightPartials[i * F + f + j * 4u] = sum[j]; }
  }
}

/// Each subgroup computes 3 taps of 8 rows (see rowCells) for 16 filters, over its part of all
/// strips.
@compute @workgroup_size(WORKGROUP)
fn stripWeightGradient(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let id = (gid.x + gid.y * groups.x * WORKGROUP) / 4u;
  let columns = (F + 15u) / 16u;
  let rowTiles = (KH * C + 7u) / 8u;
  let blocks = (KW + 2u) / 3u;
  let f = id % columns * 16u + lane;
  let r = id / columns % rowTiles * 8u;
  let kx = id / (columns * rowTiles) % blocks * 3u;
  let split = id / (columns * rowTiles * blocks);
  let splits = arrayLength(&weightPartials) / (KH * KW * C * F);
  let perRow = (OW + 6u) / 7u;
  let strips = arrayLength(&dzIn) / (OW * F) * perRow;
  // There are no strips past the last part.
  let end = select(0u, (split + 1u) * strips / splits, split < splits);

  var a = TapSums(); var b = TapSums(); var c = TapSums(); var d = TapSums();
  var e = TapSums(); var p = TapSums(); var q = TapSums(); var s = TapSums();
  var biasSum = vec4f();
  for (var strip = split * strips / splits; strip < end; strip++) {
    let outputRow = strip / perRow;
    let ox = strip % perRow * 7u;
    let g = gradientsAt((outputRow * OW + ox) * F + f, OW - ox);
    biasSum += g.g0 + g.g1 + g.g2 + g.g3 + g.g4 + g.g5 + g.g6;
    let ix = i32(ox + kx) - PL;
    let upper = rowCells(r + lane, outputRow, ix);
    a = addCells(a, ofLane0(upper), g);
    b = addCells(b, ofLane1(upper), g);
    c = addCells(c, ofLane2(upper), g);
    d = addCells(d, ofLane3(upper), g);
    let lower = rowCells(r + 4u + lane, outputRow, ix);
    e = addCells(e, ofLane0(lower), g);
    p = addCells(p, ofLane1(lower), g);
    q = addCells(q, ofLane2(lower), g);
    s = addCells(s, ofLane3(lower), g);
  }
  if (split >= splits) { return; }
  var sums = array<vec4f, 24>(
    a.t0, a.t1, a.t2, b.t0, b.t1, b.t2, c.t0, c.t1, c.t2, d.t0, d.t1, d.t2,
    e.t0, e.t1, e.t2, p.t0, p.t1, p.t2, q.t0, q.t1, q.t2, s.t0, s.t1, s.t2,
  );
  for (var i = 0u; i < 24u; i++) { storeTap(split, r + i / 3u, kx + i % 3u, f, sums[i]); }
  if (USE_BIAS && r + kx == 0u) {
    for (var j = 0u; j < 4u; j++) {
      if (f + j * 4u < F) { biasPartials[split * F + f + j * 4u] = biasSum[j]; }
    }
  }
}
