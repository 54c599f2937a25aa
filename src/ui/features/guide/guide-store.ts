import { create } from 'zustand';

export interface GuideStore {
  /**
   * The output pixel that the pictures of windows are about; may lie beyond a smaller network's
   * output.
   */
  y: number;
  x: number;
  /** Filter (output channel) of the convolution. */
  filter: number;
  /** Class whose score is taken apart; null: the one with the highest. */
  unit: number | null;
  moveTo(y: number, x: number): void;
  chooseFilter(filter: number): void;
  chooseClass(unit: number): void;
}

/** What a reader of the guide points at, the same in all its chapters. */
export const useGuideStore = create<GuideStore>()((set) => ({
  y: 10,
  x: 12,
  filter: 0,
  unit: null,
  moveTo: (y, x) => set({ y, x }),
  chooseFilter: (filter) => set({ filter }),
  chooseClass: (unit) => set({ unit }),
}));
