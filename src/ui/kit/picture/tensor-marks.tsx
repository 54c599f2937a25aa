import classes from './picture.module.css';
import { rectOf, unitRect, type Raster, type Rect } from './raster';
import type { TileLayout } from './tile-layout';

/** A rectangle of values in one picture. */
export interface Box {
  tile: number;
  y: number;
  x: number;
  rows: number;
  columns: number;
}

interface TensorMarksProps {
  layout: TileLayout;
  raster: Raster;
  /** A unit to outline as a whole. */
  unit?: number;
  /** The value under the cursor, as an index into the tensor. */
  cursor?: number;
  /** Whether the cursor is pinned. */
  pinned?: boolean;
  box?: Box | null;
}

/** Outlines over a tensor's pictures: the chosen unit, a window, the cursor. */
export function TensorMarks({ layout, raster, unit, cursor, pinned, box }: TensorMarksProps) {
  const chosen = unit === undefined ? null : unitRect(layout, raster, unit);
  return (
    <svg className={classes.marks} width={raster.width} height={raster.height} aria-hidden>
      {chosen && <Outline rect={chosen} className={classes.chosen} />}
      {box && <Outline rect={rectOf(layout, raster, box)} className={classes.window} />}
      {cursor !== undefined && (
        <Outline
          rect={rectOf(layout, raster, layout.place(cursor))}
          className={pinned ? classes.chosen : classes.window}
          least={pinned ? 9 : 5}
        />
      )}
    </svg>
  );
}

/** A light line inside a dark one: one of the two stands out from any colour. */
function Outline({ rect, className, least = 0 }: { rect: Rect; className: string | undefined; least?: number }) {
  const more = Math.max(0, least - Math.min(rect.width, rect.height)) / 2;
  const place = {
    x: rect.left - more + 0.5,
    y: rect.top - more + 0.5,
    width: Math.max(rect.width + 2 * more - 1, 1),
    height: Math.max(rect.height + 2 * more - 1, 1),
  };
  return (
    <g className={className}>
      <rect {...place} className={classes.outlineBack} />
      <rect {...place} className={classes.outlineFront} />
    </g>
  );
}
