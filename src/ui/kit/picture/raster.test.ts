import { describe, expect, it } from 'vitest';
import { divergingTable, grayTable } from '../palette';
import { colorRange } from './color-range';
import { drawTiles, rasterFor, rectOf, unitRect, valueAt } from './raster';
import { moveCursor, moveUnit } from './tensor-keys';
import { isMatrix, isPictures, outputLayout, unitsPerPage, weightLayout } from './tile-layout';

const indexOf = (layout: ReturnType<typeof weightLayout>, tile: number, y: number, x: number) =>
  layout.offset(tile) + y * layout.yStride + x * layout.xStride;

describe('layouts', () => {
  it('cuts convolution weights [kh, kw, in, out] into one line of channels per filter', () => {
    const layout = weightLayout([3, 2, 4, 5]);
    expect([layout.height, layout.width, layout.tiles, layout.perLine]).toEqual([3, 2, 20, 4]);
    // Filter 1, channel 2, row 2, column 1: ((2 * 2 + 1) * 4 + 2) * 5 + 1
    expect(layout.name(6)).toBe('filter 1, channel 2');
    expect(indexOf(layout, 6, 2, 1)).toBe(111);
  });

  it('shows dense columns as images where the input was one', () => {
    const layout = weightLayout([784, 10], [28, 28, 1]);
    expect([layout.height, layout.width, layout.tiles, layout.perLine]).toEqual([28, 28, 10, null]);
    expect(indexOf(layout, 3, 1, 2)).toBe((28 + 2) * 10 + 3);
    expect(weightLayout([784, 10]).tiles).toBe(1);
    expect(weightLayout([784, 10], [7, 7, 2]).tiles).toBe(1);
    expect(indexOf(weightLayout([6, 4]), 0, 3, 5)).toBe(5 * 4 + 3);
  });

  it('knows which weights have a picture per unit, and which are one picture with a row per unit', () => {
    expect([isPictures([3, 3, 1, 3], undefined), isPictures([784, 10], [28, 28, 1])]).toEqual([true, true]);
    expect([isPictures([64, 10], undefined), isPictures([10], undefined)]).toEqual([false, false]);
    expect(isMatrix(weightLayout([64, 10]))).toBe(true);
    expect(isMatrix(weightLayout([64, 2000]))).toBe(true);
    // With as many filters as a kernel has rows, the picture of one filter has as many lines as
    // there are units.
    for (const first of [0, 1, 2])
      expect(isMatrix(weightLayout([3, 3, 1, 3], undefined, { first, count: 1 })), `${first}`).toBe(false);
    expect(isMatrix(outputLayout([40]))).toBe(false);
  });

  it('cuts outputs [H, W, C] by channel and wraps vectors', () => {
    const layout = outputLayout([4, 5, 3]);
    expect(indexOf(layout, 2, 1, 4)).toBe((5 + 4) * 3 + 2);
    expect(outputLayout([40])).toMatchObject({ height: 2, width: 32, length: 40 });
  });

  it('says what it leaves out', () => {
    const layout = weightLayout([3136, 128], [7, 7, 64]);
    expect(layout.tiles).toBe(2048);
    expect(layout.leftOut).toBe('Showing the first 32 of 128 units.');
  });
});

describe('raster', () => {
  it.each([100, 300, 700])('fits %i pixels', (room) => {
    for (const shape of [
      [3, 3, 1, 16],
      [3, 3, 16, 32],
      [5, 5, 6, 16],
    ]) {
      const layout = weightLayout(shape);
      const raster = rasterFor(layout, room, 48);
      if (raster.scale > 2) expect(raster.width).toBeLessThanOrEqual(room);
      expect(raster.columns).toBe(layout.perLine ?? raster.columns);
    }
  });

  it('draws every value as a square of its colour and finds it again', () => {
    const layout = outputLayout([2, 3, 2]);
    const data = Float32Array.from({ length: 12 }, (_, i) => i / 11);
    const raster = rasterFor(layout, 200, 12);
    const table = grayTable();
    const pixels = drawTiles(data, layout, raster, table, { max: 1, unitMax: null }, false);
    const colors = new Uint32Array(table.buffer);
    let seen = 0;
    for (let py = 0; py < raster.height; py++) {
      for (let px = 0; px < raster.width; px++) {
        const at = valueAt(layout, raster, px, py);
        expect(pixels[py * raster.width + px]).toBe(at ? colors[Math.round(data[at.index]! * 255)] : 0);
        if (at) seen++;
      }
    }
    expect(seen).toBe(12 * raster.scale ** 2);
  });

  it('draws signs on both sides of grey, and what is not finite in red', () => {
    const table = divergingTable('light');
    const colors = new Uint32Array(table.buffer);
    const layout = outputLayout([4]);
    const pixels = drawTiles(
      Float32Array.of(-2, 0, 2, NaN),
      layout,
      rasterFor(layout, 4, 4),
      table,
      { max: 2, unitMax: null },
      true,
    );
    expect([...pixels]).toEqual([colors[0], colors[128], colors[255], 0xff2626dc]);
  });
});

describe('units', () => {
  const layouts = {
    filters: weightLayout([3, 2, 4, 5]),
    page: weightLayout([3, 2, 4, 5], undefined, { first: 3, count: 2 }),
    one: weightLayout([3, 2, 4, 5], undefined, { first: 3, count: 1 }),
    images: weightLayout([12, 5], [2, 3, 2]),
    matrix: weightLayout([6, 4]),
    maps: outputLayout([4, 5, 3]),
    vector: outputLayout([40]),
  };

  it.each(Object.entries(layouts))('%s: the place of a value leads back to it', (_name, layout) => {
    for (let tile = 0; tile < layout.tiles; tile++) {
      for (let y = 0; y < layout.height; y++) {
        for (let x = 0; x < layout.width; x++) {
          const index = indexOf(layout, tile, y, x);
          if (index < layout.length) expect(layout.place(index)).toEqual({ tile, y, x });
        }
      }
    }
  });

  it('many filters go on pages, and one filter fills as many lines as it takes', () => {
    expect(unitsPerPage(64)).toBe(8);
    expect(layouts.page.tiles).toBe(8);
    expect(layouts.page.name(0)).toBe('filter 3, channel 0');
    expect(layouts.one.perLine).toBeNull();
    expect(unitRect(layouts.page, rasterFor(layouts.page, 300, 40), 0)).toBeNull();
  });

  it('an outline goes around all channels of a filter', () => {
    const raster = rasterFor(layouts.filters, 300, 20);
    const { scale, gap } = raster;
    const rect = unitRect(layouts.filters, raster, 1)!;
    expect(rect).toEqual({ left: 0, top: 3 * scale + gap, width: 4 * 2 * scale + 3 * gap, height: 3 * scale });
    expect(
      rectOf(layouts.maps, rasterFor(layouts.maps, 300, 20), { tile: 0, y: -1, x: 3, rows: 3, columns: 3 }),
    ).toMatchObject({
      top: 0,
      height: 2 * rasterFor(layouts.maps, 300, 20).scale,
      width: 2 * rasterFor(layouts.maps, 300, 20).scale,
    });
  });

  it('colours reach to the largest value of a unit, the tensor, or all layers', () => {
    const data = new Float32Array(60).fill(1);
    data[indexOf(layouts.maps, 2, 0, 0)] = -4;
    data[indexOf(layouts.maps, 1, 0, 0)] = Infinity;
    expect(colorRange(data, layouts.maps, 'layer', 9)).toEqual({ max: 4, unitMax: null, signed: true, empty: false });
    expect(colorRange(data, layouts.maps, 'all', 9).max).toBe(9);
    expect([...colorRange(data, layouts.maps, 'unit', 9).unitMax!]).toEqual([1, 1, 4]);
    expect(colorRange(new Float32Array(40), layouts.vector, 'unit')).toMatchObject({ unitMax: null, empty: true });
  });

  it('arrow keys move within a picture, and from unit to unit', () => {
    const { maps } = layouts;
    expect(maps.place(moveCursor('ArrowDown', indexOf(maps, 1, 0, 4), maps)!)).toEqual({ tile: 1, y: 1, x: 4 });
    expect(maps.place(moveCursor('ArrowRight', indexOf(maps, 1, 0, 4), maps)!)).toEqual({ tile: 1, y: 0, x: 4 });
    expect(maps.place(moveCursor('PageDown', indexOf(maps, 1, 0, 4), maps)!)).toEqual({ tile: 2, y: 0, x: 4 });
    expect(moveCursor('a', 0, maps)).toBeNull();
    expect([moveUnit('ArrowLeft', 0, 5), moveUnit('ArrowDown', 4, 5), moveUnit('Enter', 4, 5)]).toEqual([4, 0, null]);
  });
});
