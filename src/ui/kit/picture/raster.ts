import { at } from '../../../at';
import { NOT_FINITE, pixelsOf, type ColorTable } from '../palette';
import type { ColorRange } from './color-range';
import { isMatrix, type TileLayout } from './tile-layout';

/** How the tiles are laid out on the canvas, in its pixels. */
export interface Raster {
  width: number;
  height: number;
  /** Pixels per value. */
  scale: number;
  /** Tiles per line. */
  columns: number;
  gap: number;
}

/** The value at a place on the canvas. */
export interface ValueAt {
  tile: number;
  y: number;
  x: number;
  index: number;
}

/**
 * The largest whole-number scale at which the tiles fit, so every value is a crisp square.
 * @param room width in pixels
 * @param side tiles need not be larger than this
 * @param least below this scale it scrolls instead
 */
export function rasterFor(layout: TileLayout, room: number, side: number, least = 2): Raster {
  const { width, height, tiles, perLine } = layout;
  // Images such as 28x28 may grow a little larger: they become readable at twice their size.
  const longer = Math.max(width, height);
  const wanted =
    longer >= 20 && longer <= 32 ? Math.max(2, Math.floor(side / longer)) : Math.max(1, Math.floor(side / longer));
  const gap = tiles === 1 ? 0 : (perLine ?? 1) <= 8 && wanted > 1 ? 4 : 2;
  const fitting = Math.floor(((room + gap) / (perLine ?? 1) - gap) / width);
  // A low and wide matrix scrolls rather than shrinking to a line of a few pixels.
  const smallest = Math.min(wanted, isMatrix(layout) && height < 20 ? 2 * least : width >= 20 ? 1 : least);
  const scale = Math.max(smallest, Math.min(wanted, fitting), 1);
  const columns = perLine ?? Math.max(1, Math.min(tiles, Math.floor((room + gap) / (width * scale + gap))));
  const lines = Math.ceil(tiles / columns);
  return {
    scale,
    columns,
    gap,
    width: columns * (width * scale + gap) - gap,
    height: lines * (height * scale + gap) - gap,
  };
}

/**
 * Draws all tiles into one array of RGBA pixels.
 * @param range value of the last colour, for each unit if they have their own ranges
 * @param signed whether the first colour stands for the negative of the last one; otherwise it
 * stands for 0
 */
export function drawTiles(
  data: Float32Array,
  layout: TileLayout,
  raster: Raster,
  table: ColorTable,
  { max, unitMax }: Pick<ColorRange, 'max' | 'unitMax'>,
  signed: boolean,
): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(raster.width * raster.height);
  const colors = pixelsOf(table);
  const [span, zero] = signed ? [127.5, 127.5] : [255, 0];
  for (let tile = 0; tile < layout.tiles; tile++) {
    const left = (tile % raster.columns) * (layout.width * raster.scale + raster.gap);
    const top = Math.floor(tile / raster.columns) * (layout.height * raster.scale + raster.gap);
    const offset = layout.offset(tile);
    for (let y = 0; y < layout.height; y++) {
      const factor = span / ((unitMax ? unitMax[layout.rowUnit(tile, y)!] : max) || 1);
      const from = (top + y * raster.scale) * raster.width + left;
      for (let x = 0; x < layout.width; x++) {
        const index = offset + y * layout.yStride + x * layout.xStride;
        const value = data[index];
        // Places beyond the tensor stay empty.
        if (value === undefined) continue;
        const entry = Math.max(0, Math.min(255, Math.round(zero + value * factor)));
        pixels.fill(
          Number.isFinite(value) ? at(colors, entry) : NOT_FINITE,
          from + x * raster.scale,
          from + (x + 1) * raster.scale,
        );
      }
      for (let line = 1; line < raster.scale; line++) {
        pixels.copyWithin(from + line * raster.width, from, from + layout.width * raster.scale);
      }
    }
  }
  return pixels;
}

/** The value at a pixel of the canvas, or null between the tiles. */
export function valueAt(layout: TileLayout, raster: Raster, px: number, py: number): ValueAt | null {
  const [pitchX, pitchY] = [layout.width * raster.scale + raster.gap, layout.height * raster.scale + raster.gap];
  const [column, line] = [Math.floor(px / pitchX), Math.floor(py / pitchY)];
  const x = Math.floor((px - column * pitchX) / raster.scale);
  const y = Math.floor((py - line * pitchY) / raster.scale);
  const tile = line * raster.columns + column;
  if (
    column < 0 ||
    column >= raster.columns ||
    line < 0 ||
    tile >= layout.tiles ||
    x >= layout.width ||
    y >= layout.height
  )
    return null;
  const index = layout.offset(tile) + y * layout.yStride + x * layout.xStride;
  return index < layout.length ? { tile, y, x, index } : null;
}

/** A rectangle on the canvas, in its pixels. */
export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The rectangle of `rows` x `columns` values of a tile, from (y, x) on. Parts beyond the edge of
 * the tile are cut off.
 */
export function rectOf(
  layout: TileLayout,
  raster: Raster,
  { tile, y, x, rows = 1, columns = 1 }: { tile: number; y: number; x: number; rows?: number; columns?: number },
): Rect {
  const { scale, gap } = raster;
  const [top, left] = [Math.max(y, 0), Math.max(x, 0)];
  return {
    left: (tile % raster.columns) * (layout.width * scale + gap) + left * scale,
    top: Math.floor(tile / raster.columns) * (layout.height * scale + gap) + top * scale,
    width: (Math.min(x + columns, layout.width) - left) * scale,
    height: (Math.min(y + rows, layout.height) - top) * scale,
  };
}

/** The rectangle around everything that belongs to a unit; null if the unit is not shown. */
export function unitRect(layout: TileLayout, raster: Raster, unit: number): Rect | null {
  if (layout.rowUnit(0, 0) === null) return unit < layout.length ? rectOf(layout, raster, layout.place(unit)) : null;
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let tile = 0; tile < layout.tiles; tile++) {
    for (let y = 0; y < layout.height; y++) {
      if (layout.rowUnit(tile, y) !== unit) continue;
      const rect = rectOf(layout, raster, { tile, y, x: 0, columns: layout.width });
      [left, top] = [Math.min(left, rect.left), Math.min(top, rect.top)];
      [right, bottom] = [Math.max(right, rect.left + rect.width), Math.max(bottom, rect.top + rect.height)];
    }
  }
  return right < 0 ? null : { left, top, width: right - left, height: bottom - top };
}
