import { create } from 'zustand';

/** The parts of the page that take turns beside the builder, in the order of their tabs. */
export const VIEW_LABELS = {
  train: 'Train',
  gradients: 'Gradients',
  step: 'Step through',
  test: 'Test',
  compare: 'Compare',
  guide: 'Guide',
} as const;

export type ViewName = keyof typeof VIEW_LABELS;

export interface ViewStore {
  view: ViewName;
  show(view: ViewName): void;
}

/** Which part of the page is in front. */
export const useViewStore = create<ViewStore>()((set) => ({ view: 'train', show: (view) => set({ view }) }));
