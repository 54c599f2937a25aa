import { create } from 'zustand';
import { DRAWING_SIDE, PEN_WIDTH } from '../../data/drawing';

/** Side of the draw pad in its own pixels. */
export const PAD = DRAWING_SIDE;

/** Line widths in pixels of the pad: how far they go, and those to begin with. */
export const WIDTHS = { least: 8, most: 64, pen: PEN_WIDTH, eraser: 40 } as const;

export type Tool = 'pen' | 'eraser';

/** The path of one press of the pen or the eraser. */
export interface Stroke {
  tool: Tool;
  /**
   * x, y, width, x, y, width, ... in pixels of the pad: a pen that feels pressure draws wider where
   * pressed harder.
   */
  points: readonly number[];
}

/** What was drawn, as lines: it can be undone, saved, and redrawn for another image size. */
export interface StrokesState {
  strokes: readonly Stroke[];
  /** What undo brings back, the last one first; and redo. */
  past: readonly (readonly Stroke[])[];
  future: readonly (readonly Stroke[])[];
  tool: Tool;
  widths: Record<Tool, number>;
  chooseTool(tool: Tool): void;
  /** Of the tool in hand. */
  chooseWidth(width: number): void;
  begin(tool: Tool, x: number, y: number, width: number): void;
  /** Goes on with the last stroke. @param points x, y, width, ... */
  extend(points: readonly number[]): void;
  undo(): void;
  redo(): void;
  clear(): void;
  /** Puts another drawing in the place of this one. */
  load(strokes: readonly Stroke[]): void;
}

const UNDO_STEPS = 100;

export const useStrokesStore = create<StrokesState>()((set) => {
  const change = (next: (strokes: readonly Stroke[]) => readonly Stroke[]) =>
    set(({ strokes, past }) => ({ strokes: next(strokes), past: [strokes, ...past].slice(0, UNDO_STEPS), future: [] }));
  return {
    strokes: [],
    past: [],
    future: [],
    tool: 'pen',
    widths: { pen: WIDTHS.pen, eraser: WIDTHS.eraser },
    chooseTool: (tool) => set({ tool }),
    chooseWidth: (width) => set(({ tool, widths }) => ({ widths: { ...widths, [tool]: width } })),
    begin: (tool, x, y, width) => change((strokes) => [...strokes, { tool, points: [x, y, width] }]),
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
    load: (strokes) => change(() => strokes),
  };
});
