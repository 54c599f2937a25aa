import { create } from 'zustand';

export interface GuideStore {
  /**
   * The output pixel whose window the pictures show. It may lie outside the output of a smaller
   * network.
   */
  y: number;
  x: number;
  /** The filter (output channel) of the convolution. */
  filter: number;
  /** Class whose score is taken apart; null: the one with the highest. */
  unit: number | null;
  moveTo: (y: number, x: number) => void;
  chooseFilter: (filter: number) => void;
  chooseClass: (unit: number) => void;
}

/** What the reader points at; all chapters share it. */
export const useGuideStore = create<GuideStore>()((set) => ({
  y: 10,
  x: 12,
  filter: 0,
  unit: null,
  moveTo: (y, x) => set({ y, x }),
  chooseFilter: (filter) => set({ filter }),
  chooseClass: (unit) => set({ unit }),
}));
