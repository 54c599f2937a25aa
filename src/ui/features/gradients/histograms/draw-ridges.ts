import { at } from '../../../../at';
import { formatCount, formatExact } from '../../../kit/words/format';
import type { Ridge, Ridges } from './ridges';

/** The size of a ridgeline plot, in CSS pixels. */
export interface RidgeRoom {
  width: number;
  height: number;
}

/** How far the highest peak rises over its base line. */
const PEAK = 44;
/** Room for the peaks above, the axis below and the steps on the right. */
export const RIDGE_INSET = { top: PEAK + 4, right: 44, bottom: 20, left: 4 } as const;
/** Distance between two labels of the axis, centre to centre. */
const LABEL_GAP = 14;
/** Steps from here on have no room to be written out. */
const LONG_STEP = 1e5;

export interface RidgeColors {
  /** The colour of the layer's family. */
  hue: string;
  surface: string;
  line: string;
  ink: string;
}

/** The base line of slice `index` of `count`: the newest slice is in front, at the bottom. */
function baseLine(index: number, count: number, { height }: RidgeRoom): number {
  const [first, last] = [RIDGE_INSET.top, height - RIDGE_INSET.bottom];
  return count < 2 ? last : first + ((last - first) * index) / (count - 1);
}

/** The slice that a place belongs to: the nearest one in front of it. */
export function sliceAt(y: number, count: number, room: RidgeRoom): number {
  for (let index = 0; index < count; index++) if (baseLine(index, count, room) >= y) return index;
  return count - 1;
}

/** The left and right end of the bins. */
export const binArea = ({ width }: RidgeRoom): [number, number] => [RIDGE_INSET.left, width - RIDGE_INSET.right];

/**
 * Paints the slices from the oldest to the newest, each over those behind it, with their steps on
 * the right.
 */
export function drawRidges(
  context: CanvasRenderingContext2D,
  { ridges, domain }: Ridges,
  room: RidgeRoom,
  colors: RidgeColors,
  strong: number | null,
): void {
  context.clearRect(0, 0, room.width, room.height);
  const count = ridges.length;
  drawZero(context, domain, room, colors);
  ridges.forEach((ridge, index) => {
    const path = outline(ridge, baseLine(index, count, room), room);
    context.fillStyle = colors.surface;
    context.fill(path);
    context.globalAlpha = 0.12 + 0.5 * ((index + 1) / count);
    context.fillStyle = colors.hue;
    context.fill(path);
    context.globalAlpha = 1;
    context.lineWidth = index === strong ? 2 : 0.75;
    context.strokeStyle = index === strong ? colors.ink : colors.surface;
    context.stroke(path);
  });
  drawSteps(context, ridges, room, colors);
}

function outline({ heights }: Ridge, base: number, room: RidgeRoom): Path2D {
  const [left, right] = binArea(room);
  const width = (right - left) / heights.length;
  const path = new Path2D();
  path.moveTo(left, base);
  heights.forEach((height, bin) => path.lineTo(left + (bin + 0.5) * width, base - PEAK * height));
  path.lineTo(right, base);
  path.closePath();
  return path;
}

function drawZero(
  context: CanvasRenderingContext2D,
  [low, high]: readonly [number, number],
  room: RidgeRoom,
  { line }: RidgeColors,
): void {
  const [left, right] = binArea(room);
  const base = room.height - RIDGE_INSET.bottom;
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke(new Path2D(`M${left} ${base + 0.5}H${right}`));
  if (low >= 0 || high <= 0) return;
  const zero = left + ((right - left) * -low) / (high - low);
  context.setLineDash([2, 3]);
  context.stroke(new Path2D(`M${zero} 0V${base}`));
  context.setLineDash([]);
}

/** Writes the steps of as many slices as there is room for; always that of the newest. */
function drawSteps(
  context: CanvasRenderingContext2D,
  ridges: readonly Ridge[],
  room: RidgeRoom,
  { ink }: RidgeColors,
): void {
  context.fillStyle = ink;
  context.font = "11px 'Inter Variable', system-ui, sans-serif";
  context.textBaseline = 'middle';
  let free = Infinity;
  for (let index = ridges.length - 1; index >= 0; index--) {
    const y = baseLine(index, ridges.length, room);
    if (y > free) continue;
    const { step } = at(ridges, index);
    context.fillText(
      step < LONG_STEP ? formatExact(step) : formatCount(step),
      room.width - RIDGE_INSET.right + 6,
      y - 1,
    );
    free = y - 2.5 * LABEL_GAP;
  }
}
