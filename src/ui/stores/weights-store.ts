import { create } from 'zustand';
import type { LiveChange } from '../../model/live-settings';

/** Where the weights in training come from, for the page to show. */
export interface WeightsStore {
  /** The share of the test images that the pre-trained weights classify correctly. */
  pretrainedAccuracy: number | null;
  /** The step from which the run of an earlier visit continues. */
  restoredStep: number;
  /**
   * The step that the run had reached when the page was left. The steps up to there are trained
   * again.
   */
  reachedStep: number;
  /** The live settings of the steps that are trained again. */
  replay: LiveChange[];
  /** The name of the file that the weights were opened from. */
  file: string;
  /**
   * The last edit of a network that had already learnt something: the layers that kept their
   * weights in the run that the edit began.
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
