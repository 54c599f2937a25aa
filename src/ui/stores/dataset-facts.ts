import type { DatasetFacts } from '../../data/dataset';
import { DATASETS, DEFAULT_DATASET } from '../../data/sets';
import { useRunStore, type RunStore } from './run-store';

type Known = Pick<RunStore, 'dataset' | 'datasetChoice'>;

/** What is known of the images: of those in use, or until they are there of those asked for. */
export const factsOf = ({ dataset, datasetChoice }: Known): DatasetFacts =>
  dataset ?? DATASETS.find(({ id }) => id === datasetChoice) ?? DEFAULT_DATASET;

export const useDatasetFacts = (): DatasetFacts => useRunStore(factsOf);
