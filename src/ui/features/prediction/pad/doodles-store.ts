import { create } from 'zustand';
import { formatDoodles, MOST_DOODLES, parseDoodles, type Doodle } from './doodles';

export const DOODLES_KEY = 'cnn-playground.doodles';

export type DoodleStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface DoodlesState {
  doodles: readonly Doodle[];
  /** Why the last change was not stored, in words; empty if it was. */
  problem: string;
  save(drawing: Omit<Doodle, 'id'>): void;
  remove(id: number): void;
}

/**
 * A store for drawings that outlive the page. It reads the storage again before each change,
 * because another tab may have changed it. If the storage did not accept the last change, only this
 * page has the drawings.
 */
export function createDoodlesStore(storage: () => DoodleStorage) {
  const read = (): Doodle[] | null => {
    try {
      return parseDoodles(storage().getItem(DOODLES_KEY));
    } catch {
      return null; // the browser lets this page store nothing
    }
  };
  return create<DoodlesState>()((set, get) => {
    const change = (next: (doodles: readonly Doodle[]) => readonly Doodle[]) => {
      const doodles = next((get().problem ? null : read()) ?? get().doodles);
      let problem = '';
      try {
        storage().setItem(DOODLES_KEY, formatDoodles(doodles));
      } catch {
        problem =
          'The browser did not store this: it will be gone when the page is closed. Allow ' +
          'this page to store data, or make room.';
      }
      set({ doodles, problem });
    };
    return {
      doodles: read() ?? [],
      problem: '',
      save: (drawing) =>
        change((doodles) => {
          if (doodles.length >= MOST_DOODLES) return doodles;
          return [...doodles, { ...drawing, id: 1 + Math.max(0, ...doodles.map(({ id }) => id)) }];
        }),
      remove: (id) => change((doodles) => doodles.filter((doodle) => doodle.id !== id)),
    };
  });
}

export const useDoodlesStore = createDoodlesStore(() => localStorage);
