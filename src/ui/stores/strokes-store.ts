import { create } from 'zustand';
import { DRAWING_SIDE, PEN_WIDTH } from '../../data/drawing';

/** Side of the draw pad in its own pixels. */
export const PAD = DRAWING_SIDE;

/** Line widths in pixels of the pad: the limits, and the initial width of each tool. */
export const WIDTHS = { least: 8, most: 64, pen: PEN_WIDTH, eraser: 40 } as const;

export type Tool = 'pen' | 'eraser';

/** The path of one press of the pen or the eraser. */
export interface Stroke {
  tool: Tool;
  /**
   * x, y, width, x, y, width, ... in pixels of the pad. A pressure-sensitive pen draws wider if it
   * is pressed harder.
   */
  points: readonly number[];
}

/** The drawing as lines, so that it can be undone, saved, and redrawn for another image size. */
export interface StrokesState {
  strokes: readonly Stroke[];
  /** The number of the drawing: a new one begins on an empty pad, or is loaded. */
  drawing: number;
  /** The drawings that undo brings back, the most recent first. `future` holds those for redo. */
  past: readonly (readonly Stroke[])[];
  future: readonly (readonly Stroke[])[];
  tool: Tool;
  widths: Record<Tool, number>;
  chooseTool: (tool: Tool) => void;
  /** Sets the width of the current tool. */
  chooseWidth: (width: number) => void;
  begin(tool: Tool, x: number, y: number, width: number): void;
  /**
   * Adds points to the last stroke.
   * @param points x, y, width, ...
   */
  extend: (points: readonly number[]) => void;
  undo: () => void;
  redo: () => void;
  clear(): void;
  /** Replaces the drawing. */
  load(strokes: readonly Stroke[]): void;
}

const UNDO_STEPS = 100;

export const useStrokesStore = create<StrokesState>()((set) => {
  const change = (next: (strokes: readonly Stroke[]) => readonly Stroke[]) =>
    set(({ strokes, past }) => ({ strokes: next(strokes), past: [strokes, ...past].slice(0, UNDO_STEPS), future: [] }));
  return {
    strokes: [],
    drawing: 0,
    past: [],
    future: [],
    tool: 'pen',
    widths: { pen: WIDTHS.pen, eraser: WIDTHS.eraser },
    chooseTool: (tool) => set({ tool }),
    chooseWidth: (width) => set(({ tool, widths }) => ({ widths: { ...widths, [tool]: width } })),
    begin(tool, x, y, width) {
      set(({ strokes, drawing }) => (strokes.length === 0 ? { drawing: drawing + 1 } : {}));
      change((strokes) => [...strokes, { tool, points: [x, y, width] }]);
    },
    extend: (points) =>
      set(({ strokes }) => {
        const last = strokes.at(-1);
        return last ? { strokes: strokes.toSpliced(-1, 1, { ...last, points: [...last.points, ...points] }) } : {};
      }),
    undo: () =>
      set(({ strokes, past: [before, ...past], future }) =>
        before ? { strokes: before, past, future: [strokes, ...future] } : {},
      ),
    redo: () =>
      set(({ strokes, past, future: [after, ...future] }) =>
        after ? { strokes: after, past: [strokes, ...past], future } : {},
      ),
    clear: () => change(() => []),
    load(strokes) {
      set(({ drawing }) => ({ drawing: drawing + 1 }));
      change(() => strokes);
    },
  };
});
