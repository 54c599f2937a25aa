import type { DatasetId } from '../../data/sets';
import type { Beginning } from './model-sync';

/** What the page opens with. */
export interface Opening {
  dataset: Promise<DatasetId>;
  /** Weights, with the network that they are for. */
  beginning: Promise<Beginning | null>;
  /**
   * What edits of the last visit took away, see `readRemovedWeights`; null where its history is not here.
   */
  removedWeights: Promise<unknown>;
  /** Id of the stored run that goes on here, if there is one. */
  stored(): string | null;
}
