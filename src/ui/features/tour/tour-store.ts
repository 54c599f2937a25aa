import { create } from 'zustand';

const KEY = 'cnn-playground:tour';

export interface TourStore {
  /** The tour was neither taken nor declined on an earlier visit. */
  offered: boolean;
  /** Where the tour is; null while there is none. */
  stop: number | null;
  start(): void;
  go(stop: number): void;
  /** Ends the tour, or declines it; either way it is not offered again on the next visit. */
  end(): void;
}

/** The tour of the page, and whether to offer it. */
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

// Storage may be blocked altogether, and says so by throwing: the tour is then offered again on the
// next visit.
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
    // Not remembered, as said above.
  }
}
