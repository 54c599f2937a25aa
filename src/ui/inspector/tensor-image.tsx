import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { formatNumber } from '../format';
import { divergingTable, grayTable, sequentialTable } from '../palette';
import { ColorRamp } from './color-ramp';
import classes from './inspector.module.css';
import { drawTiles, rasterFor, valueAt, type Raster } from './raster';
import type { TileLayout } from './tile-layout';
import { valueRange } from './value-range';

interface TensorImageProps {
  data: Float32Array;
  layout: TileLayout;
  /** What is shown, for those who do not see it. */
  label: string;
  /** `gray` shows 0..1 as an image. `auto` shows signs if there are any, else 0..max. */
  colors?: 'auto' | 'diverging' | 'gray';
  /** Tiles grow up to this many pixels. */
  side?: number;
}

/** A tensor as crisp pictures on one canvas, with a legend that gives the range and the value under the pointer. */
export function TensorImage({ data, layout, label, colors = 'auto', side = 44 }: TensorImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width: room } = useElementSize();
  const scheme = useComputedColorScheme('light');
  const [pointed, setPointed] = useState<number | null>(null);
  const raster = useMemo(() => (room > 0 ? rasterFor(layout, Math.floor(room), side) : null), [layout, room, side]);
  const range = useMemo(() => valueRange(data), [data]);
  const signed = colors === 'diverging' || (colors === 'auto' && range.signed);
  const max = colors === 'gray' ? 1 : range.max || 1;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !raster) return;
    const table = colors === 'gray' ? grayTable() : signed ? divergingTable(scheme) : sequentialTable(scheme);
    const pixels = drawTiles(data, layout, raster, table, max, signed);
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), raster.width, raster.height), 0, 0);
  }, [data, layout, raster, colors, signed, max, scheme]);

  const place = (event: PointerEvent<HTMLCanvasElement>) => raster && setPointed(codeAt(event, layout, raster));
  return (
    <div className={classes.tensor}>
      <div ref={ref} className={classes.tensorScroll} tabIndex={raster && raster.width > room ? 0 : undefined}>
        {raster && (
          <canvas
            ref={canvas}
            className={classes.canvas}
            width={raster.width}
            height={raster.height}
            role="img"
            aria-label={`${label}, from ${formatNumber(signed ? -max : 0)} to ${formatNumber(max)}`}
            onPointerMove={place}
            onPointerLeave={() => setPointed(null)}
          />
        )}
      </div>
      <div className={classes.legend}>
        <ColorRamp kind={colors === 'gray' ? 'gray' : signed ? 'diverging' : 'sequential'} max={max} allZero={range.max === 0} />
        <span className={classes.pointed}>{pointed !== null && raster ? describe(pointed, data, layout, raster) : layout.leftOut}</span>
      </div>
    </div>
  );
}

/** The pixel of the canvas under the pointer as one number, so that moving within a pixel changes no state. */
function codeAt({ nativeEvent }: PointerEvent, layout: TileLayout, raster: Raster): number | null {
  const [px, py] = [Math.floor(nativeEvent.offsetX), Math.floor(nativeEvent.offsetY)];
  return valueAt(layout, raster, px, py) ? py * raster.width + px : null;
}

function describe(code: number, data: Float32Array, layout: TileLayout, raster: Raster): string {
  const at = valueAt(layout, raster, code % raster.width, Math.floor(code / raster.width));
  if (!at) return '';
  const wrapped = layout.tiles === 1 && layout.yStride === layout.width * layout.xStride && layout.name(0) === '' && layout.xStride === 1;
  const place = wrapped ? `[${at.index}]` : `[${at.y}, ${at.x}]`;
  return `${layout.name(at.tile)} ${place} ${formatNumber(data[at.index])}`.trim();
}
