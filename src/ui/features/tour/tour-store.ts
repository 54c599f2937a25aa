import { create } from 'zustand';

const KEY = 'cnn-playground:tour';

export interface TourStore {
  /** Whether to offer the tour: it was neither taken nor declined on an earlier visit. */
  offered: boolean;
  /** The current stop; null while the tour is not running. */
  stop: number | null;
  start: () => void;
  go: (stop: number) => void;
  /** Ends or declines the tour. Either way the next visit does not offer it again. */
  end: () => void;
}

/** The state of the tour, and whether to offer it. */
export const useTourStore = create<TourStore>()((set) => ({
  offered: !wasSeen(),
  stop: null,
  start: () => set({ stop: 0, offered: false }),
  go: (stop) => set({ stop }),
  end() {
    remember();
    set({ stop: null, offered: false });
  },
}));

// Storage that is blocked throws when it is read: then every visit offers the tour.
function wasSeen(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(KEY, 'seen');
  } catch {
    // Blocked storage: the next visit offers the tour again.
  }
}
