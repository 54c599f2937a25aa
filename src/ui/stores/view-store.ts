import { create } from 'zustand';

/** The parts of the page that take turns beside the builder. */
export type ViewName = 'train' | 'gradients' | 'step' | 'test' | 'compare' | 'guide';

export interface ViewStore {
  view: ViewName;
  show(view: ViewName): void;
}

/** Which part of the page is in front. */
export const useViewStore = create<ViewStore>()((set) => ({ view: 'train', show: (view) => set({ view }) }));
