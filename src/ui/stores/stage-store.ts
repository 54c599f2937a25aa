import { create } from 'zustand';
import { useViewStore } from './view-store';

export interface StageStore {
  /** `first`: the screen for people who have never been here; `inside`: everything else. */
  stage: 'first' | 'inside';
  enter: () => void;
}

/** How far a person has gone in. A later visit finds the page as it was left. */
export const useStageStore = create<StageStore>()((set) => ({
  stage: 'inside',
  enter: () => set({ stage: 'inside' }),
}));

// Whoever is shown a view, such as the guide, is inside.
useViewStore.subscribe(() => useStageStore.getState().enter());
