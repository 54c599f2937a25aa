import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { formatNumber } from '../../kit/words/format';
import { ColorRamp } from '../../kit/picture/color-ramp';
import { colorRange } from '../../kit/picture/color-range';
import pictureClasses from '../../kit/picture/picture.module.css';
import classes from './tensor-image.module.css';
import { useInspectorStore } from '../../stores/inspector-store';
import { rasterFor, valueAt, type Raster } from '../../kit/picture/raster';
import { moveCursor, moveUnit } from '../../kit/picture/tensor-keys';
import { TensorMarks, type Box } from '../../kit/picture/tensor-marks';
import type { TileLayout } from '../../kit/picture/tile-layout';
import { useDrawing } from '../../kit/picture/use-drawing';
import { emptyWords } from '../../kit/picture/value-range';

interface TensorImageProps {
  data: Float32Array;
  layout: TileLayout;
  /** A description for screen readers. */
  label: string;
  /** `gray` shows 0..1 as an image. `auto` shows signs if there are any, else 0..max. */
  colors?: 'auto' | 'diverging' | 'gray';
  /** Tiles grow up to this size, in pixels. */
  side?: number;
  /** The largest absolute value over all layers, for the range that all share. */
  all?: number;
  /** The chosen unit, which is outlined. */
  unit?: number;
  onPickUnit?: (unit: number) => void;
  /**
   * The value under the cursor, and the callback when pointer or arrow keys move it. Both are
   * indices into the tensor.
   */
  cursor?: number;
  onPoint?: (index: number) => void;
  /** Whether the cursor is pinned: the pointer then does not move it. */
  pinned?: boolean;
  /** A click or Enter pins the cursor at a place. Another one, or Escape, unpins it (null). */
  onPin?: (index: number | null) => void;
  box?: Box | null;
  /** Values that are marked with a dot, as indices into the tensor. */
  dots?: Int32Array | null;
}

/**
 * A tensor as crisp pictures on one canvas, with a legend for the range and for the value under the
 * pointer.
 */
export const TensorImage = memo(function TensorImage(props: TensorImageProps) {
  const {
    data,
    layout,
    label,
    colors = 'auto',
    side = 44,
    all,
    unit,
    onPickUnit,
    cursor,
    onPoint,
    pinned,
    box,
    dots,
  } = props;
  const { ref, width: room } = useElementSize();
  const mode = useInspectorStore((state) => (colors === 'gray' ? 'layer' : state.range));
  const [pointed, setPointed] = useState<number | null>(null);
  const raster = useMemo(() => (room > 0 ? rasterFor(layout, Math.floor(room), side) : null), [layout, room, side]);
  const range = useMemo(() => colorRange(data, layout, mode, all), [data, layout, mode, all]);
  const signed = colors === 'diverging' || (colors === 'auto' && range.signed);
  const max = colors === 'gray' ? 1 : range.max;
  const empty = range.empty ? emptyWords(data) : undefined;
  const canvas = useDrawing({ data, layout, raster, range, max, signed, gray: colors === 'gray', dots });
  const interactive = Boolean(onPickUnit ?? onPoint);
  const words = pointed !== null && raster ? describe(pointed, data, layout) : null;
  const scrolls = raster !== null && raster.width > room;

  const [touch, setTouch] = useState(false);

  const { place, click, press } = handlersOf(props, raster, touch, setPointed);
  const keys = onPoint
    ? 'Arrow keys move the cursor, Page Up and Page Down change the channel, Enter pins the place'
    : 'Arrow keys choose a unit';
  return (
    <div className={classes.tensor} data-keys={interactive ? keys : undefined}>
      <div
        ref={ref}
        className={classes.tensorScroll}
        tabIndex={interactive || scrolls ? 0 : undefined}
        {...(interactive
          ? { role: 'application', 'aria-label': `${label}. ${keys}`, onKeyDown: press }
          : scrolls && { role: 'group', 'aria-label': label, 'data-scrolls': '' })}
      >
        {raster && (
          <div className={classes.canvasBox} style={{ width: raster.width, height: raster.height }}>
            <canvas
              ref={canvas}
              className={classes.canvas}
              width={raster.width}
              height={raster.height}
              role="img"
              aria-label={`${label}, ${empty ?? `from ${formatNumber(signed ? -max : 0)} to ${formatNumber(max)}`}`}
              onPointerMove={place}
              onPointerDown={({ pointerType }) => setTouch(pointerType === 'touch')}
              onClick={click}
              onPointerLeave={() => setPointed(null)}
            />
            <TensorMarks layout={layout} raster={raster} unit={unit} cursor={cursor} pinned={pinned} box={box} />
          </div>
        )}
      </div>
      <div className={pictureClasses.legend}>
        <ColorRamp
          kind={colors === 'gray' ? 'gray' : signed ? 'diverging' : 'sequential'}
          max={max}
          allZero={range.empty}
          emptyWords={empty}
          each={range.unitMax !== null}
        />
        <span className={classes.pointed}>{words ?? layout.leftOut}</span>
      </div>
    </div>
  );
});

/** What pointer and keys do: show a value, move the cursor, pin it, choose a unit. */
function handlersOf(
  props: TensorImageProps,
  raster: Raster | null,
  touch: boolean,
  setPointed: (index: number | null) => void,
) {
  const { layout, unit, onPickUnit, cursor, onPoint, pinned, onPin } = props;
  const find = ({ nativeEvent }: MouseEvent) =>
    raster && valueAt(layout, raster, Math.floor(nativeEvent.offsetX), Math.floor(nativeEvent.offsetY));
  const place = (event: PointerEvent) => {
    const at = find(event);
    setPointed(at?.index ?? null);
    // A moving finger scrolls; a tap points.
    if (at && !pinned && event.pointerType !== 'touch') onPoint?.(at.index);
  };
  const click = (event: MouseEvent) => {
    const at = find(event);
    if (!at) return;
    setPointed(at.index);
    onPickUnit?.(layout.rowUnit(at.tile, at.y) ?? at.index);
    onPoint?.(at.index);
    // A mouse goes on pointing after it unpins. A finger cannot, so its tap pins the new place,
    // unless it is the same one.
    const letsGo = pinned && (!touch || at.index === cursor);
    onPin?.(letsGo ? null : at.index);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && onPin) {
      event.preventDefault();
      return onPin(pinned ? null : (cursor ?? 0));
    }
    const moved = onPoint ? moveCursor(event.key, cursor ?? 0, layout) : moveUnit(event.key, unit ?? 0, layout.units);
    if (moved === null) return;
    event.preventDefault();
    (onPoint ?? onPickUnit)!(moved);
  };
  return { place, click, press };
}

/** Null if the pointer rests where an earlier, larger tensor had a value. */
function describe(index: number, data: Float32Array, layout: TileLayout): string | null {
  const value = data[index];
  if (value === undefined) return null;
  const { tile, y, x } = layout.place(index);
  const place = layout.rowUnit(tile, y) === null ? `[${index}]` : `[${y}, ${x}]`;
  return `${layout.name(tile)} ${place} ${formatNumber(value)}`.trim();
}
