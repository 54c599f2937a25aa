import { PlaygroundError } from '../../errors';
import type { DatasetEntry } from './entry';
import { generated } from './generated';
import { mnist } from './mnist';

export type { Credits, DatasetEntry } from './entry';

/** The data sets that the page offers by name; it opens with the first. */
export const DATASETS = [mnist, generated] as const;

export type DatasetId = (typeof DATASETS)[number]['id'];

export const DATASET_IDS: readonly DatasetId[] = DATASETS.map(({ id }) => id);

export const DEFAULT_DATASET = DATASETS[0];

export const isDatasetId = (id: unknown): id is DatasetId => DATASET_IDS.some((known) => known === id);

/** @throws PlaygroundError if there is no data set of that name. */
export function findDataset(id: unknown): DatasetEntry<DatasetId> {
  const entry = DATASETS.find((each) => each.id === id);
  if (entry) return entry;
  throw new PlaygroundError(`there is no data set "${String(id)}".`, {
    remedy: `Choose ${DATASET_IDS.join(', ')}, or give your own.`,
  });
}
