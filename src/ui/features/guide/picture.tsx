import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import type { Tensor } from '../../../model/initialize';
import { requireImage } from '../../../model/require-shape';
import { formatNumber } from '../../kit/words/format';
import { ColorRamp } from '../../kit/picture/color-ramp';
import { drawTiles } from '../../kit/picture/raster';
import { outputLayout } from '../../kit/picture/tile-layout';
import { valueRange } from '../../kit/picture/value-range';
import { divergingTable, grayTable, sequentialTable } from '../../kit/palette';
import classes from './guide.module.css';

/**
 * A part of a picture, in pixels of the picture. It may reach beyond the edge, into the padding.
 */
export interface Mark {
  top: number;
  left: number;
  height: number;
  width: number;
}

interface PictureProps {
  /** [H, W, 1], or [H, W, 3] for a colour image. */
  tensor: Tensor;
  title: ReactNode;
  /** A description for screen readers. */
  label: string;
  /** `gray` shows 0..1 as an image. Otherwise the colours show signs if there are any. */
  colors?: 'gray' | 'signed' | 'auto';
  mark?: Mark;
  /** Called with the pixel that is pointed at. */
  onPoint?: (y: number, x: number) => void;
}

/** One channel drawn as crisp squares, with a frame around the part that the text is about. */
export function Picture({ tensor, title, label, colors = 'auto', mark, onPoint }: PictureProps) {
  const [height, width] = requireImage(tensor.shape);
  const range = valueRange(tensor.data);
  const kind = colors === 'gray' ? 'gray' : colors === 'signed' || range.signed ? 'diverging' : 'sequential';
  const max = kind === 'gray' ? 1 : range.max || 1;
  const canvas = useDrawn(tensor, kind, max);
  const point = ({ nativeEvent, currentTarget }: PointerEvent<HTMLElement>) => {
    const x = Math.floor((nativeEvent.offsetX * width) / currentTarget.clientWidth);
    const y = Math.floor((nativeEvent.offsetY * height) / currentTarget.clientHeight);
    if (x >= 0 && y >= 0 && x < width && y < height) onPoint?.(y, x);
  };
  return (
    <figure className={classes.picture}>
      <figcaption className={classes.pictureTitle}>{title}</figcaption>
      <div className={classes.frame} style={{ aspectRatio: `${width} / ${height}` }}>
        <canvas
          ref={canvas}
          width={width}
          height={height}
          className={classes.canvas}
          data-pointed={onPoint ? '' : undefined}
          role="img"
          aria-label={`${label}, from ${formatNumber(kind === 'diverging' ? -max : 0)} to ${formatNumber(max)}`}
          onPointerMove={point}
          onPointerDown={point}
        />
        {mark && <span className={classes.mark} style={placeOf(mark, height, width)} aria-hidden />}
      </div>
      <div className={`${classes.legend} numeric`}>
        <ColorRamp kind={kind} max={max} allZero={range.max === 0} />
      </div>
    </figure>
  );
}

function placeOf({ top, left, height, width }: Mark, rows: number, columns: number) {
  const percent = (n: number, of: number) => `${(100 * n) / of}%`;
  return {
    top: percent(top, rows),
    left: percent(left, columns),
    height: percent(height, rows),
    width: percent(width, columns),
  };
}

/** Draws one canvas pixel per value; CSS enlarges them. */
function useDrawn(tensor: Tensor, kind: 'gray' | 'diverging' | 'sequential', max: number) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const [height, width] = requireImage(tensor.shape);
    const table = kind === 'gray' ? grayTable() : (kind === 'diverging' ? divergingTable : sequentialTable)(scheme);
    const layout = { ...outputLayout(tensor.shape), tiles: 1 };
    const raster = { width, height, scale: 1, columns: 1, gap: 0 };
    const pixels = drawTiles(tensor.data, layout, raster, table, { max, unitMax: null }, kind === 'diverging');
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
  }, [tensor, kind, max, scheme]);
  return canvas;
}
