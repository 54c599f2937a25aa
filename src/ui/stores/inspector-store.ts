import { create } from 'zustand';
import type { Shape } from '../../model/shape';
import { asImage } from '../../model/reach';
import type { RangeMode } from '../kit/picture/color-range';

export type InspectorTab = 'weights' | 'maps' | 'unit' | 'kernels';

/**
 * A place in the output of a layer: row, column, and unit (channel). For a vector only the unit
 * counts.
 */
export interface Point {
  y: number;
  x: number;
  unit: number;
}

export interface InspectorState {
  tab: InspectorTab;
  range: RangeMode;
  /**
   * The inspected place in each layer, by uid. For a layer without an entry, it is the middle of
   * the chosen unit.
   */
  points: Record<string, Point>;
  /** The layers whose place stays the same when the pointer moves, by uid. */
  pinned: Record<string, boolean>;
  /** The chosen unit (filter, channel) of each layer, by uid. */
  units: Record<string, number>;
  /** For each layer, the input channel whose part of a sum is shown, by uid. */
  inputChannels: Record<string, number>;
  showTab: (tab: InspectorTab) => void;
  chooseRange: (range: RangeMode) => void;
  pointAt: (uid: string, point: Point) => void;
  /** Inspects a place and keeps it when the pointer moves. */
  pin: (uid: string, point: Point) => void;
  letGo: (uid: string) => void;
  chooseUnit: (uid: string, unit: number) => void;
  chooseInputChannel: (uid: string, channel: number) => void;
}

/**
 * What the inspectors on the page show. Two inspectors side by side share tab and range, so that a
 * person can compare them.
 */
export const useInspectorStore = create<InspectorState>()((set) => ({
  tab: 'weights',
  range: 'layer',
  points: {},
  pinned: {},
  units: {},
  inputChannels: {},
  showTab: (tab) => set({ tab }),
  chooseRange: (range) => set({ range }),
  pointAt: (uid, point) =>
    set(({ points }) => {
      const before = points[uid];
      const same = before && before.y === point.y && before.x === point.x && before.unit === point.unit;
      return same ? {} : { points: { ...points, [uid]: point } };
    }),
  pin: (uid, point) =>
    set(({ points, pinned }) => ({ points: { ...points, [uid]: point }, pinned: { ...pinned, [uid]: true } })),
  letGo: (uid) => set(({ pinned }) => (pinned[uid] ? { pinned: { ...pinned, [uid]: false } } : {})),
  chooseUnit: (uid, unit) =>
    set(({ units, points }) => ({
      units: { ...units, [uid]: unit },
      points: points[uid] ? { ...points, [uid]: { ...points[uid], unit } } : points,
    })),
  chooseInputChannel: (uid, channel) =>
    set(({ inputChannels }) => ({ inputChannels: { ...inputChannels, [uid]: channel } })),
}));

/**
 * The inspected place, clamped to the layer's output.
 * @param shape [H, W, C] or [units]
 */
export function usePoint(uid: string, shape: Shape): Point {
  const point = useInspectorStore((state) => state.points[uid]);
  const [height, width, units] = asImage(shape);
  const chosen = useUnit(uid, units);
  const middle = { y: height >> 1, x: width >> 1, unit: chosen };
  const { y, x, unit } = point ?? middle;
  return { y: Math.min(y, height - 1), x: Math.min(x, width - 1), unit: Math.min(unit, units - 1) };
}

/** The chosen unit of a layer, clamped to its number of units. */
export const useUnit = (uid: string, units: number) =>
  useInspectorStore((state) => Math.min(state.units[uid] ?? 0, units - 1));

/** The index of a point in the flat output of a layer. */
export function elementAt(shape: Shape, { y, x, unit }: Point): number {
  const [, width, units] = asImage(shape);
  return (y * width + x) * units + unit;
}

/** The point at an index of the flat output. */
export function pointOf(shape: Shape, element: number): Point {
  const [, width, units] = asImage(shape);
  const position = Math.floor(element / units);
  return { y: Math.floor(position / width), x: position % width, unit: element % units };
}
