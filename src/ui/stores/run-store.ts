import { create } from 'zustand';
import type { DatasetInfo, Split } from '../../data/dataset';
import type { ErrorReport } from '../../errors';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import type { NormSlot } from '../../model/norm-slots';
import type { ModelSpec } from '../../model/spec';
import type { BackendName } from '../../backend/backends';
import type { BackendInfo } from '../../backend/engine';
import type { Evaluation, RunState, WeightSource } from '../../train/wire/protocol';

/** A finished evaluation and the step it belongs to. */
export interface EvaluationPoint {
  split: Split;
  step: number;
  epoch: number;
  result: Evaluation;
  /**
   * How many images were looked at, and whether these were all of the split or a fixed part of it.
   */
  images: number;
  whole: boolean;
}

/** Everything about the run but its curves: what the controls, the badges and the banners show. */
export interface RunStore {
  backend: BackendName | null;
  adapter: string;
  /** Training and the page share the processor's cores. */
  software: boolean;
  /**
   * Why this backend, and how to get WebGPU where it is missing. Empty when there is nothing to
   * say.
   */
  backendNote: string;
  state: RunState | 'starting';
  /** Play was pressed before the images were there: training starts by itself when they are. */
  waiting: boolean;
  /** Pause was pressed; the steps already on their way are still being done. */
  pausing: boolean;
  /** Rises with every new run (new weights, step 0). */
  runId: number;
  /** Where the weights that the run began with come from; null for fresh ones. */
  source: WeightSource | null;
  step: number;
  /** Epochs completed. */
  epoch: number;
  stepsPerEpoch: number;
  examplesPerSecond: number;
  msPerStep: number;
  dataset: DatasetInfo | null;
  /**
   * What was asked for, which need not be what could be had; null for data that a script brought
   * along.
   */
  datasetChoice: 'mnist' | 'generated' | null;
  /** Why the data is not what was asked for. */
  datasetWarning: ErrorReport | null;
  /** Something that takes its time, such as a download. `fraction` in 0..1, null when unknown. */
  progress: { what: string; fraction: number | null } | null;
  /** Share of the evaluation under way that is done; null when none is. */
  evaluating: number | null;
  settings: TrainSettings;
  /** What each entry of a row's `norms` in the series store is. */
  normSlots: NormSlot[];
  /**
   * Id in the network now trained of each layer of the stack, by uid: the stack may have changed
   * since.
   */
  networkIds: Record<string, string>;
  /** The network in training: the last stack that was valid. Null before the first. */
  trained: ModelSpec | null;
  problem: { error: ErrorReport; fatal: boolean } | null;
  halted: { step: number; layer: string; error: ErrorReport; read?: true } | null;
  /** Of this run, oldest first. */
  evaluations: EvaluationPoint[];
  lastEvaluation: Partial<Record<Split, EvaluationPoint>>;
}

/** What a new run begins with. */
export const NEW_RUN = {
  step: 0,
  epoch: 0,
  examplesPerSecond: 0,
  msPerStep: 0,
  halted: null,
  evaluations: [],
  lastEvaluation: {},
} satisfies Partial<RunStore>;

export const useRunStore = create<RunStore>()(() => ({
  ...NEW_RUN,
  backend: null,
  adapter: '',
  software: false,
  backendNote: '',
  state: 'starting',
  waiting: false,
  pausing: false,
  runId: 0,
  source: null,
  stepsPerEpoch: 0,
  dataset: null,
  datasetChoice: 'mnist',
  datasetWarning: null,
  progress: null,
  evaluating: null,
  settings: DEFAULT_SETTINGS,
  normSlots: [],
  networkIds: {},
  trained: null,
  problem: null,
}));

/** What the networks run on from now on. */
export function showBackend({ backend, adapter, software, note }: BackendInfo): void {
  useRunStore.setState({ backend, adapter, software, backendNote: note });
}
