import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Tensor } from '../../../model/initialize';
import { divergingTable, grayTable, sequentialTable } from '../../kit/palette';
import { rangeOf, tilesOf, type Tiles } from './draw-channels';
import classes from './network.module.css';

const SIDE = 34;
const GAP = 3;
const VECTOR_WIDTH = 8 * SIDE + 7 * GAP;

interface ThumbnailProps {
  tensor: Tensor | undefined;
  /** How many units share a cell of the strip. */
  unitsPerCell?: number;
  name: string;
  gray?: boolean;
}

/**
 * Shows the first channels of a layer's output, or its units as one strip. It keeps its space while
 * there is nothing to show.
 */
export function Thumbnail({ tensor, unitsPerCell = 1, name, gray }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    if (!canvas.current || !tensor) return;
    const range = gray ? { max: 1, signed: false } : rangeOf(tensor.data);
    const table = gray ? grayTable() : (range.signed ? divergingTable : sequentialTable)(scheme);
    paint(canvas.current, tilesOf(tensor, 8, table, range), tensor.shape.length === 1);
  }, [tensor, scheme, gray]);
  if (!tensor) return <span className={classes.noThumbnail} aria-hidden />;
  const shared = unitsPerCell > 1 && `a cell is the strongest of ${unitsPerCell} units`;
  const picture = (
    <canvas
      ref={canvas}
      className={classes.thumbnail}
      data-vector={tensor.shape.length === 1 || undefined}
      role="img"
      aria-label={`Output of ${name}${shared ? `, ${shared}` : ''}`}
    />
  );
  if (!shared) return picture;
  return (
    <span className={classes.strip}>
      {picture}
      <span className={classes.stripNote} aria-hidden>
        {shared}
      </span>
    </span>
  );
}

function paint(canvas: HTMLCanvasElement, { width, height, pixels }: Tiles, vector: boolean): void {
  const ratio = window.devicePixelRatio || 1;
  const tile = vector ? { width: VECTOR_WIDTH, height: 14 } : { width: SIDE, height: SIDE };
  const total = pixels.length * tile.width + (pixels.length - 1) * GAP;
  const [pixelWidth, pixelHeight] = [Math.round(total * ratio), Math.round(tile.height * ratio)];
  // Setting a size, even the same one, clears the canvas.
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth;
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight;
  canvas.style.aspectRatio = `${total} / ${tile.height}`;
  canvas.style.width = `${total}px`;
  const context = canvas.getContext('2d')!;
  context.imageSmoothingEnabled = false;
  const source = new OffscreenCanvas(width, height);
  const sourceContext = source.getContext('2d')!;
  pixels.forEach((bytes, i) => {
    sourceContext.putImageData(new ImageData(bytes, width, height), 0, 0);
    context.drawImage(source, i * (tile.width + GAP) * ratio, 0, tile.width * ratio, tile.height * ratio);
  });
}
