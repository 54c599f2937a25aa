import { create } from 'zustand';
import type { Split } from '../../../../data/dataset';
import type { Classification } from '../../../../train/wire/protocol';
import type { Playground } from '../../../client/playground-client';
import { isRunning, runIdOf } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { factsOf } from '../../../stores/dataset-facts';
import { EVERYTHING, type GalleryChoice } from './gallery-rows';

/**
 * Images of a split that are looked at, at most: the training images are many, and these the first
 * among them.
 */
export const MOST_IMAGES = 10_000;

/**
 * A classification with the run it belongs to, the number of classes, and the milliseconds it took
 * a resting network.
 */
export interface Found extends Classification {
  runId: number;
  classes: number;
  took: number;
}

export interface TestState {
  split: Split;
  choice: GalleryChoice;
  /** Page of the gallery, from 0. */
  page: number;
  /** The last answer for each split; of an earlier run perhaps, see {@link useFound}. */
  found: Partial<Record<Split, Found>>;
  chooseSplit(split: Split): void;
  /** Changes the filter or the order, and shows the first images. */
  choose(part: Partial<GalleryChoice>): void;
  turnTo(page: number): void;
}

/** What the Test view shows; kept while another view is in front. */
export const useTestStore = create<TestState>()((set) => ({
  split: 'test',
  choice: EVERYTHING,
  page: 0,
  found: {},
  chooseSplit: (split) => set({ split, page: 0 }),
  choose: (part) => set(({ choice }) => ({ choice: { ...choice, ...part }, page: 0 })),
  turnTo: (page) => set({ page }),
}));

// A class that other data does not have would leave nothing to show.
useRunStore.subscribe(({ dataset }, before) => {
  if (!dataset || dataset.classes === before.dataset?.classes) return;
  const known = (label: number | null) => (label !== null && label < dataset.classes ? label : null);
  const { choice, choose } = useTestStore.getState();
  choose({ actual: known(choice.actual), predicted: known(choice.predicted) });
});

/** What the network of the present run says about a split, or null. */
export function useFound(split: Split): Found | null {
  const runId = useRunStore(runIdOf);
  const found = useTestStore((state) => state.found[split]);
  return found?.runId === runId ? found : null;
}

/** Lets the worker classify a split with the weights as they are, and keeps the answer. */
export async function classify(playground: Playground, split: Split): Promise<void> {
  const run = useRunStore.getState();
  const runId = runIdOf(run);
  const began = performance.now();
  useRunStore.setState({ evaluating: 0 });
  try {
    const answer = await playground.classify({ split, most: MOST_IMAGES });
    // Of a run that began under way it would be, but not known to be.
    if (runIdOf(useRunStore.getState()) !== runId) return;
    const measured = performance.now() - began;
    useTestStore.setState(({ found }) => {
      // Beside training everything takes longer than it would with the network at rest.
      const took = isRunning(run) ? (found[split]?.took ?? 0) : measured;
      return { found: { ...found, [split]: { ...answer, runId, took, classes: factsOf(run).classes } } };
    });
  } finally {
    useRunStore.setState({ evaluating: null });
  }
}
