import type { DatasetFacts } from '../../data/dataset';
import { DATASETS, DEFAULT_DATASET } from '../../data/sets';
import { useRunStore, type RunStore } from './run-store';

type Known = Pick<RunStore, 'dataset' | 'datasetChoice'>;

/** Facts about the images in use. Until those have arrived, facts about the chosen data set. */
export const factsOf = ({ dataset, datasetChoice }: Known): DatasetFacts =>
  dataset ?? DATASETS.find(({ id }) => id === datasetChoice) ?? DEFAULT_DATASET;

export const useDatasetFacts = (): DatasetFacts => useRunStore(factsOf);
