import type { DatasetInfo } from '../../data/dataset';
import { DEFAULT_DATASET, type DatasetId } from '../../data/sets';
import type { CustomDataset } from '../../train/wire/protocol';
import { useRunStore } from '../stores/run-store';
import type { Ask, ResumeAfter } from './ask';
import { showProblem } from '../stores/show-problem';

export type DatasetChoice = DatasetId | CustomDataset;

/**
 * Gets data as soon as the backend runs, and whatever is chosen after them.
 * @param resumeAfter makes a change that begins another run
 * @param opening which data the page opens with
 */
export function createDatasetSync(
  ask: Ask,
  ready: Promise<unknown>,
  resumeAfter: ResumeAfter,
  opening: Promise<DatasetChoice> = Promise.resolve(DEFAULT_DATASET.id),
) {
  // Both wait for the very same promise: a choice made at once does not overtake the first.
  const begun = Promise.all([opening, ready]);
  const fetchData = async (dataset: DatasetChoice, reload: boolean): Promise<DatasetInfo> => {
    const info = await ask('setDataset', { dataset, reload });
    useRunStore.setState({ datasetChoice: typeof dataset === 'string' ? dataset : null });
    return info;
  };
  const load = async (dataset: DatasetChoice, reload: boolean): Promise<DatasetInfo> => {
    await begun;
    const loading = fetchData(dataset, reload);
    // Images that a script brings, or brought before, may have another shape, for which the network
    // has to be made anew first.
    const sameShape = typeof dataset === 'string' && useRunStore.getState().datasetChoice !== null;
    if (sameShape) await resumeAfter(() => loading);
    return loading;
  };
  const first: Promise<DatasetInfo> = begun.then(([dataset]) => fetchData(dataset, false));
  let current = first;
  // Called off by another choice it is no problem.
  first.catch((error) => current === first && showProblem(error));

  /** @param reload tries the mirrors again */
  function choose(dataset: DatasetChoice, reload = false): Promise<DatasetInfo> {
    const before = current;
    const loading = load(dataset, reload);
    // A data set that cannot be used leaves the one before in place.
    current = loading.catch(() => before);
    current.catch(() => undefined); // told to whoever waits for it
    return loading;
  }

  return {
    /** Resolves when the data chosen last is there. */
    loaded: () => current,
    choose,
    /** As a button does, which waits for no answer: the page shows why it cannot be had. */
    pick(dataset: DatasetChoice, reload = false): void {
      const loading = choose(dataset, reload);
      const choice = current;
      loading.catch((error) => current === choice && showProblem(error));
    },
  };
}
