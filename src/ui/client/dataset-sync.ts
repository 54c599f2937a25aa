import type { DatasetInfo } from '../../data/dataset';
import { DEFAULT_DATASET, type DatasetId } from '../../data/sets';
import type { CustomDataset } from '../../train/wire/protocol';
import { useRunStore } from '../stores/run-store';
import type { Ask, ResumeAfter } from './ask';
import { showProblem } from '../stores/show-problem';

export type DatasetChoice = DatasetId | CustomDataset;

/**
 * Loads the opening data as soon as the backend runs, and later every data set that is chosen.
 * @param resumeAfter makes a change that begins another run
 * @param opening the data that the page opens with
 */
export function createDatasetSync(
  ask: Ask,
  ready: Promise<unknown>,
  resumeAfter: ResumeAfter,
  opening: Promise<DatasetChoice> = Promise.resolve(DEFAULT_DATASET.id),
) {
  // The first data and later choices wait for the same promise, so that an early choice cannot
  // overtake the first data.
  const begun = Promise.all([opening, ready]);
  const fetchData = async (dataset: DatasetChoice, reload: boolean): Promise<DatasetInfo> => {
    const info = await ask('setDataset', { dataset, reload });
    useRunStore.setState({ datasetChoice: typeof dataset === 'string' ? dataset : null });
    return info;
  };
  const load = async (dataset: DatasetChoice, reload: boolean): Promise<DatasetInfo> => {
    await begun;
    const loading = fetchData(dataset, reload);
    // A script's images, new or earlier, may have another shape, so the network has to be changed
    // before training can continue.
    const sameShape = typeof dataset === 'string' && useRunStore.getState().datasetChoice !== null;
    if (sameShape) await resumeAfter(() => loading);
    return loading;
  };
  const first: Promise<DatasetInfo> = begun.then(([dataset]) => fetchData(dataset, false));
  let current = first;
  // The first load fails when another choice replaces it, and that is not a problem to show.
  first.catch((error) => current === first && showProblem(error));

  /** @param reload tries the mirrors again */
  function choose(dataset: DatasetChoice, reload = false): Promise<DatasetInfo> {
    const before = current;
    const loading = load(dataset, reload);
    // If a data set cannot be used, the one before it stays in place.
    current = loading.catch(() => before);
    current.catch(() => undefined); // the caller of `choose` gets the error
    return loading;
  }

  return {
    /** Resolves when the last chosen data has loaded. */
    loaded: () => current,
    choose,
    /**
     * For buttons, which do not wait for an answer: the page shows why the data could not be
     * loaded.
     */
    pick: (dataset: DatasetChoice, reload = false): void => {
      const loading = choose(dataset, reload);
      const choice = current;
      loading.catch((error) => current === choice && showProblem(error));
    },
  };
}
