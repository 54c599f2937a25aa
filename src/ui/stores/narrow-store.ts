import { create } from 'zustand';
import { useViewStore } from './view-store';

/** The tabs of the page below 900 px. */
export type NarrowPart = 'build' | 'network' | 'charts' | 'predict' | 'more';

export interface NarrowStore {
  part: NarrowPart;
  show: (part: NarrowPart) => void;
}

/** Which tab of the narrow page is in front. */
export const useNarrowStore = create<NarrowStore>()((set) => ({ part: 'build', show: (part) => set({ part }) }));

// A call that shows a view means that someone wants to see it. On a narrow page the view may be
// behind a tab, even if it was the last view shown. So the tab must come to the front as well.
useViewStore.subscribe(({ view }) => useNarrowStore.setState({ part: view === 'train' ? 'network' : 'more' }));
