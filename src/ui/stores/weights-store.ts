import { create } from 'zustand';
import type { LiveChange } from '../../model/live-settings';

/** What there is to say about where the weights in training come from. */
export interface WeightsStore {
  /** Share of the test images that the pre-trained weights get right. */
  pretrainedAccuracy: number | null;
  /** Step at which the run of an earlier visit goes on. */
  restoredStep: number;
  /** Step that it had reached when the page was left: up to there it is trained again. */
  reachedStep: number;
  /** The live settings that the steps had which are trained again. */
  replay: LiveChange[];
  /** Name of the file that weights were opened from. */
  file: string;
  /**
   * The last edit of a network that had learnt something: which layers kept their weights in the
   * run that it began.
   */
  edit: { runId: number; kept: string[]; fresh: string[] } | null;
}

export const useWeightsStore = create<WeightsStore>()(() => ({
  pretrainedAccuracy: null,
  restoredStep: 0,
  reachedStep: 0,
  replay: [],
  file: '',
  edit: null,
}));
