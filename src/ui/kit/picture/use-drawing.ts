import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { divergingTable, grayTable, sequentialTable } from '../palette';
import type { ColorRange } from './color-range';
import { drawTiles, rectOf, type Raster } from './raster';
import type { TileLayout } from './tile-layout';

interface Drawing {
  data: Float32Array;
  layout: TileLayout;
  raster: Raster | null;
  range: ColorRange;
  max: number;
  signed: boolean;
  gray: boolean;
  dots?: Int32Array | null;
}

/**
 * A canvas that shows a tensor. It draws again when something visible has changed; moving the
 * cursor draws nothing.
 */
export function useDrawing({ data, layout, raster, range, max, signed, gray, dots }: Drawing) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !raster) return;
    const table = gray ? grayTable() : signed ? divergingTable(scheme) : sequentialTable(scheme);
    const pixels = drawTiles(data, layout, raster, table, { max, unitMax: range.unitMax }, signed);
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), raster.width, raster.height), 0, 0);
    if (dots) drawDots(context, dots, layout, raster);
  }, [data, layout, raster, range, gray, signed, max, scheme, dots]);
  return canvas;
}

/** Draws a dark dot in a light square, a third of a value's size. */
function drawDots(context: CanvasRenderingContext2D, dots: Int32Array, layout: TileLayout, raster: Raster): void {
  const size = Math.max(1, Math.round(raster.scale / 3));
  for (const [color, grow] of [
    ['#ffffff', raster.scale >= 5 ? 1 : 0],
    ['#101418', 0],
  ] as const) {
    context.fillStyle = color;
    for (const index of dots) {
      const { left, top, width } = rectOf(layout, raster, layout.place(index));
      const inset = Math.floor((width - size) / 2) - grow;
      context.fillRect(left + inset, top + inset, size + 2 * grow, size + 2 * grow);
    }
  }
}
