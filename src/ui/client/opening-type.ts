import type { DatasetId } from '../../data/sets';
import type { Beginning } from './model-sync';

/** The data and weights that the page opens with. */
export interface Opening {
  dataset: Promise<DatasetId>;
  /** Weights and the network that they belong to. */
  beginning: Promise<Beginning | null>;
  /**
   * The weights that edits of the last visit removed, see `readRemovedWeights`. Null if this page
   * does not have the history of that visit.
   */
  removedWeights: Promise<unknown>;
  /** The id of the stored run that continues here; null if there is none. */
  stored(): string | null;
}
