import type { TileLayout } from './tile-layout';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where a key moves the cursor from the value at `index`: arrows within a picture, Page Up and Down
 * to another picture. Null for other keys.
 */
export function moveCursor(key: string, index: number, layout: TileLayout): number | null {
  const { tile, y, x } = layout.place(index);
  const step = STEPS[key];
  const page = key === 'PageDown' ? 1 : key === 'PageUp' ? -1 : 0;
  if (!step && page === 0) return null;
  const [down, across] = step ?? [0, 0];
  const to = {
    tile: clamp(tile + page, layout.tiles),
    y: clamp(y + down, layout.height),
    x: clamp(x + across, layout.width),
  };
  const moved = layout.offset(to.tile) + to.y * layout.yStride + to.x * layout.xStride;
  return moved < layout.length ? moved : index;
}

/** The unit that an arrow key leads to; after the last comes the first. Null for other keys. */
export function moveUnit(key: string, unit: number, units: number): number | null {
  const step = STEPS[key];
  return step ? (unit + step[0] + step[1] + units) % units : null;
}

const clamp = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
