import { create } from 'zustand';
import { useViewStore } from './view-store';

/** The tabs of the page below 900 px. */
export type NarrowPart = 'build' | 'network' | 'charts' | 'predict' | 'more';

export interface NarrowStore {
  part: NarrowPart;
  show(part: NarrowPart): void;
}

/** Which tab of the narrow page is in front. */
export const useNarrowStore = create<NarrowStore>()((set) => ({ part: 'build', show: (part) => set({ part }) }));

// Whoever asks for a view means to see it: on a narrow page it lies behind a tab, also where it was
// the one shown last.
useViewStore.subscribe(({ view }) => useNarrowStore.setState({ part: view === 'train' ? 'network' : 'more' }));
