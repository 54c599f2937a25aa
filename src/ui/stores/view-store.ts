import { create } from 'zustand';

/** The views that share the space beside the builder, in the order of their tabs. */
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
  show: (view: ViewName) => void;
}

/** Which view is in front. */
export const useViewStore = create<ViewStore>()((set) => ({ view: 'train', show: (view) => set({ view }) }));
