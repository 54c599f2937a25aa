import { create } from 'zustand';

/** Side of the draw pad in its own pixels. */
export const PAD = 280;

/** The path of one press of the pen: x, y, x, y, ... in pixels of the pad. */
export type Stroke = readonly number[];

/** What was drawn, as lines: it can be undone, and redrawn for another image size. */
export interface StrokesState {
  strokes: readonly Stroke[];
  begin(x: number, y: number): void;
  /** @param points x, y, x, y, ... */
  extend(points: readonly number[]): void;
  undo(): void;
  clear(): void;
}

export const useStrokesStore = create<StrokesState>()((set) => ({
  strokes: [],
  begin: (x, y) => set(({ strokes }) => ({ strokes: [...strokes, [x, y]] })),
  extend: (points) => set(({ strokes }) => ({ strokes: strokes.toSpliced(-1, 1, [...(strokes.at(-1) ?? []), ...points]) })),
  undo: () => set(({ strokes }) => ({ strokes: strokes.slice(0, -1) })),
  clear: () => set({ strokes: [] }),
}));
