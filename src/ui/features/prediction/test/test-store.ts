import { create } from 'zustand';
import type { Split } from '../../../../data/dataset';
import type { Classification } from '../../../../train/wire/protocol';
import type { Playground } from '../../../client/playground-client';
import { isRunning, runIdOf } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { factsOf } from '../../../stores/dataset-facts';
import { EVERYTHING, type GalleryChoice } from './gallery-rows';

/**
 * The number of images of a split that are classified at most. Of the many training images, these
 * are the first ones.
 */
export const MOST_IMAGES = 10_000;

/**
 * A classification with the run it belongs to, the number of classes, and the milliseconds it took
 * while training rested.
 */
export interface Found extends Classification {
  runId: number;
  classes: number;
  took: number;
}

export interface TestState {
  split: Split;
  choice: GalleryChoice;
  /** The page of the gallery, from 0. */
  page: number;
  /** The last answer for each split. It may be from an earlier run, see {@link useFound}. */
  found: Partial<Record<Split, Found>>;
  chooseSplit: (split: Split) => void;
  /** Changes the filter or the order, and goes to the first page. */
  choose: (part: Partial<GalleryChoice>) => void;
  turnTo: (page: number) => void;
}

/** What the Test view shows; kept while another view is shown. */
export const useTestStore = create<TestState>()((set) => ({
  split: 'test',
  choice: EVERYTHING,
  page: 0,
  found: {},
  chooseSplit: (split) => set({ split, page: 0 }),
  choose: (part) => set(({ choice }) => ({ choice: { ...choice, ...part }, page: 0 })),
  turnTo: (page) => set({ page }),
}));

// A class that the new data does not have would leave nothing to show.
useRunStore.subscribe(({ dataset }, before) => {
  if (!dataset || dataset.classes === before.dataset?.classes) return;
  const known = (label: number | null) => (label !== null && label < dataset.classes ? label : null);
  const { choice, choose } = useTestStore.getState();
  choose({ actual: known(choice.actual), predicted: known(choice.predicted) });
});

/** The answers of the present run's network for a split, or null. */
export function useFound(split: Split): Found | null {
  const runId = useRunStore(runIdOf);
  const found = useTestStore((state) => state.found[split]);
  return found?.runId === runId ? found : null;
}

/** Lets the worker classify a split with the present weights, and keeps the answers. */
export async function classify(playground: Playground, split: Split): Promise<void> {
  const run = useRunStore.getState();
  const runId = runIdOf(run);
  const began = performance.now();
  useRunStore.setState({ evaluating: 0 });
  try {
    const answer = await playground.classify({ split, most: MOST_IMAGES });
    // If a run began in the meantime, it is unknown which run the answer belongs to.
    if (runIdOf(useRunStore.getState()) !== runId) return;
    const measured = performance.now() - began;
    useTestStore.setState(({ found }) => {
      // An evaluation takes longer while training runs, so its time is not recorded.
      const took = isRunning(run) ? (found[split]?.took ?? 0) : measured;
      return { found: { ...found, [split]: { ...answer, runId, took, classes: factsOf(run).classes } } };
    });
  } finally {
    useRunStore.setState({ evaluating: null });
  }
}
