import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatNumber } from '../format';
import { ColorRamp } from './color-ramp';
import { colorRange } from './color-range';
import classes from './inspector.module.css';
import { useInspectorStore } from './inspector-store';
import { rasterFor, valueAt, type Raster } from './raster';
import { moveCursor, moveUnit } from './tensor-keys';
import { TensorMarks, type Box } from './tensor-marks';
import type { TileLayout } from './tile-layout';
import { useDrawing } from './use-drawing';

interface TensorImageProps {
  data: Float32Array;
  layout: TileLayout;
  /** What is shown, for those who do not see it. */
  label: string;
  /** `gray` shows 0..1 as an image. `auto` shows signs if there are any, else 0..max. */
  colors?: 'auto' | 'diverging' | 'gray';
  /** Tiles grow up to this many pixels. */
  side?: number;
  /** Largest absolute value over all layers, for the range that all share. */
  all?: number;
  /** The chosen unit, outlined. */
  unit?: number;
  onPickUnit?: (unit: number) => void;
  /** The value under the cursor; the pointer and the arrow keys move it. Both as places in the tensor. */
  cursor?: number;
  onPoint?: (index: number) => void;
  box?: Box | null;
  /** Values with a dot in them, as places in the tensor. */
  dots?: Int32Array | null;
}

/** A tensor as crisp pictures on one canvas, with a legend that gives the range and the value under the pointer. */
export const TensorImage = memo(function TensorImage(props: TensorImageProps) {
  const { data, layout, label, colors = 'auto', side = 44, all, unit, onPickUnit, cursor, onPoint, box, dots } = props;
  const { ref, width: room } = useElementSize();
  const mode = useInspectorStore((state) => (colors === 'gray' ? 'layer' : state.range));
  const [pointed, setPointed] = useState<number | null>(null);
  const raster = useMemo(() => (room > 0 ? rasterFor(layout, Math.floor(room), side) : null), [layout, room, side]);
  const range = useMemo(() => colorRange(data, layout, mode, all), [data, layout, mode, all]);
  const signed = colors === 'diverging' || (colors === 'auto' && range.signed);
  const max = colors === 'gray' ? 1 : range.max;
  const canvas = useDrawing({ data, layout, raster, range, max, signed, gray: colors === 'gray', dots });
  const interactive = Boolean(onPickUnit ?? onPoint);

  const { place, pick, press } = handlersOf(props, raster, setPointed);
  const hint = onPoint ? '. Arrow keys move the cursor, Page Up and Page Down change the channel' : '. Arrow keys choose a unit';
  return (
    <div className={classes.tensor}>
      <div
        ref={ref}
        className={classes.tensorScroll}
        tabIndex={interactive || (raster && raster.width > room) ? 0 : undefined}
        {...(interactive && { role: 'application', 'aria-label': label + hint, onKeyDown: press })}
      >
        {raster && (
          <div className={classes.canvasBox} style={{ width: raster.width, height: raster.height }}>
            <canvas
              ref={canvas}
              className={classes.canvas}
              width={raster.width}
              height={raster.height}
              role="img"
              aria-label={`${label}, from ${formatNumber(signed ? -max : 0)} to ${formatNumber(max)}`}
              onPointerMove={place}
              onPointerDown={pick}
              onPointerLeave={() => setPointed(null)}
            />
            <TensorMarks layout={layout} raster={raster} unit={unit} cursor={cursor} box={box} />
          </div>
        )}
      </div>
      <div className={classes.legend}>
        <ColorRamp
          kind={colors === 'gray' ? 'gray' : signed ? 'diverging' : 'sequential'}
          max={max}
          allZero={range.empty}
          each={range.unitMax !== null}
        />
        <span className={classes.pointed}>{pointed !== null && raster ? describe(pointed, data, layout) : layout.leftOut}</span>
      </div>
    </div>
  );
});

/** What pointer and keys do: show a value, move the cursor, choose a unit. */
function handlersOf(props: TensorImageProps, raster: Raster | null, setPointed: (index: number | null) => void) {
  const { layout, unit, onPickUnit, cursor, onPoint } = props;
  const find = ({ nativeEvent }: PointerEvent) =>
    raster && valueAt(layout, raster, Math.floor(nativeEvent.offsetX), Math.floor(nativeEvent.offsetY));
  const place = (event: PointerEvent) => {
    const at = find(event);
    setPointed(at?.index ?? null);
    // A finger that moves scrolls; one that taps points.
    if (at && (event.pointerType !== 'touch' || event.type === 'pointerdown')) onPoint?.(at.index);
  };
  const pick = (event: PointerEvent) => {
    place(event);
    const at = find(event);
    if (at) onPickUnit?.(layout.rowUnit(at.tile, at.y) ?? at.index);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = onPoint ? moveCursor(event.key, cursor ?? 0, layout) : moveUnit(event.key, unit ?? 0, layout.units);
    if (moved === null) return;
    event.preventDefault();
    (onPoint ?? onPickUnit)!(moved);
  };
  return { place, pick, press };
}

function describe(index: number, data: Float32Array, layout: TileLayout): string {
  const { tile, y, x } = layout.place(index);
  const place = layout.rowUnit(tile, y) === null ? `[${index}]` : `[${y}, ${x}]`;
  return `${layout.name(tile)} ${place} ${formatNumber(data[index])}`.trim();
}
