import type { DatasetInfo } from '../../data/dataset';
import type { CustomDataset } from '../../train/protocol';
import type { Ask } from './ask';
import { showProblem } from './show-problem';

export type DatasetChoice = 'mnist' | 'generated' | CustomDataset;

/** Gets MNIST as soon as the backend runs, and whatever is chosen after it. */
export function createDatasetSync(ask: Ask, ready: Promise<unknown>) {
  const load = (dataset: DatasetChoice, reload = false) => ready.then(() => ask('setDataset', { dataset, reload }));
  const first: Promise<DatasetInfo> = load('mnist');
  let current = first;
  // Called off by another choice it is no problem.
  first.catch((error) => current === first && showProblem(error));
  return {
    /** Resolves when the data chosen last is there. */
    loaded: () => current,
    /** @param reload tries the mirrors again */
    choose(dataset: DatasetChoice, reload = false): Promise<DatasetInfo> {
      const before = current;
      const loading = load(dataset, reload);
      // A data set that cannot be used leaves the one before in place.
      current = loading.catch(() => before);
      current.catch(() => undefined); // told to whoever waits for it
      return loading;
    },
  };
}
