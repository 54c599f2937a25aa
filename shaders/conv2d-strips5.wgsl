// stripForward for kernels that run faster in blocks of five columns than of three. The runtime
// appends this file to conv2d-strips.wgsl.

/// Input cells under five taps on a strip.
struct WideCells { near: Cells, c9: f32, c10: f32 }

/// Weights of five neighbouring taps for four filters.
struct WideTaps { t0: vec4f, t1: vec4f, t2: vec4f, t3: vec4f, t4: vec4f }

fn wideCellsAt(first: i32, inRow: bool, ix: i32) -> WideCells {
  return WideCells(cellsAt(first, inRow, ix), cellAt(first, inRow, ix, 9), cellAt(first, inRow, ix, 10));
}

fn wideTapsAt(ky: u32, kx: u32, c: u32, f: u32, lane: u32) -> WideTaps {
  return WideTaps(
    tapAt(ky, kx, c, f, lane), tapAt(ky, kx + 1u, c, f, lane), tapAt(ky, kx + 2u, c, f, lane),
    tapAt(ky, kx + 3u, c, f, lane), tapAt(ky, kx + 4u, c, f, lane),
  );
}

fn addWideTaps(s: vec4f, v0: f32, v1: f32, v2: f32, v3: f32, v4: f32, w: WideTaps) -> vec4f {
  return vec4f(
    s.x + v0 * w.t0.x + v1 * w.t1.x + v2 * w.t2.x + v3 * w.t3.x + v4 * w.t4.x,
    s.y + v0 * w.t0.y + v1 * w.t1.y + v2 * w.t2.y + v3 * w.t3.y + v4 * w.t4.y,
    s.z + v0 * w.t0.z + v1 * w.t1.z + v2 * w.t2.z + v3 * w.t3.z + v4 * w.t4.z,
    s.w + v0 * w.t0.w + v1 * w.t1.w + v2 * w.t2.w + v3 * w.t3.w + v4 * w.t4.w,
  );
}

fn addWidePixel(s: Sums, v0: f32, v1: f32, v2: f32, v3: f32, v4: f32, low: WideTaps, high: WideTaps) -> Sums {
  return Sums(addWideTaps(s.low, v0, v1, v2, v3, v4, low), addWideTaps(s.high, v0, v1, v2, v3, v4, high));
}

fn addWideStrip(s: StripSums, cells: WideCells, low: WideTaps, high: WideTaps) -> StripSums {
  let v = cells.near;
  return StripSums(
    addWidePixel(s.p0, v.c0, v.c1, v.c2, v.c3, v.c4, low, high),
    addWidePixel(s.p1, v.c1, v.c2, v.c3, v.c4, v.c5, low, high),
    addWidePixel(s.p2, v.c2, v.c3, v.c4, v.c5, v.c6, low, high),
    addWidePixel(s.p3, v.c3, v.c4, v.c5, v.c6, v.c7, low, high),
    addWidePixel(s.p4, v.c4, v.c5, v.c6, v.c7, v.c8, low, high),
    addWidePixel(s.p5, v.c5, v.c6, v.c7, v.c8, cells.c9, low, high),
    addWidePixel(s.p6, v.c6, v.c7, v.c8, cells.c9, cells.c10, low, high),
  );
}

/// Each invocation computes 8 filters of two strips.
@compute @workgroup_size(WORKGROUP)
fn stripForward5(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = gid.x + gid.y * groups.x * WORKGROUP;
  let strips = arrayLength(&y) / (F * OW) * ((OW + 6u) / 7u);
  let tiles = ((strips + 1u) / 2u + 3u) / 4u * 4u;
  let f = tile / tiles * 8u;
  let a = stripAt(tile % tiles * 2u, strips);
  let b = stripAt(tile % tiles * 2u + 1u, strips);

  let bias = Sums(bias4(f), bias4(f + 4u));
  var sumsA = StripSums(bias, bias, bias, bias, bias, bias, bias);
  var sumsB = sumsA;
  let blocks = (KW + 4u) / 5u;
  for (var i = 0u; i < KH * blocks * C; i++) {
    let c = i % C;
    let ky = i / C / blocks;
    let kx = i / C % blocks * 5u;
    let low = wideTapsAt(ky, kx, c, f, lane);
    let high = wideTapsAt(ky, kx, c, f + 4u, lane);
    let down = i32(ky * DH);
    let offset = (down * i32(W) + i32(kx)) * i32(C) + i32(c);
    sumsA = addWideStrip(sumsA, wideCellsAt(a.corner + offset, u32(a.top + down) < H, a.left + i32(kx)), low, high);
    sumsB = addWideStrip(sumsB, wideCellsAt(b.corner + offset, u32(b.top + down) < H, b.left + i32(kx)), low, high);
  }
  storeStrip(a, f, sumsA);
  storeStrip(b, f, sumsB);
}
