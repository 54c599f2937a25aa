import { create } from 'zustand';
import type { DatasetInfo, Split } from '../../data/dataset';
import { DEFAULT_DATASET, type DatasetId } from '../../data/sets';
import type { ErrorReport } from '../../errors';
import type { LiveChange } from '../../model/live-settings';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import type { NormSlot } from '../../model/norm-slots';
import type { BackendName } from '../../backend/backends';
import type { BackendInfo, Evaluation } from '../../train/wire/protocol';
import type { RunEvent } from './run-machine/events';
import { faultOf } from './run-machine/selectors';
import type { Fault, RunMachine } from './run-machine/states';
import { FIRST_STATE, transition } from './run-machine/transition';

/** A finished evaluation and the step it belongs to. */
export interface EvaluationPoint {
  split: Split;
  step: number;
  epoch: number;
  result: Evaluation;
  /**
   * The number of images evaluated; `whole` tells whether these were the whole split or a fixed
   * part of it.
   */
  images: number;
  whole: boolean;
}

/** Everything about the run except its curves: what the controls, badges and banners show. */
export interface RunStore {
  backend: BackendName | null;
  adapter: string;
  /** Whether training runs on the processor and so shares its cores with the page. */
  software: boolean;
  /**
   * Why this backend is used, and how to get WebGPU if it is missing. Empty if there is nothing to
   * say.
   */
  backendNote: string;
  /** What is trained now, and how. Read it through `run-machine/selectors`. */
  machine: RunMachine;
  /** Steps done. */
  step: number;
  /** Epochs completed. */
  epoch: number;
  examplesPerSecond: number;
  msPerStep: number;
  dataset: DatasetInfo | null;
  /**
   * The data set that was asked for. The page may have had to use another one. Null for data from a
   * script.
   */
  datasetChoice: DatasetId | null;
  /** Why the data is not the data set that was asked for. */
  datasetWarning: ErrorReport | null;
  /** A slow operation, such as a download. `fraction` is in 0..1, or null if unknown. */
  progress: { what: string; fraction: number | null } | null;
  /** The share of the running evaluation that is done; null when none is running. */
  evaluating: number | null;
  /** The settings on the page. The settings that the worker took are in `machine`. */
  settings: TrainSettings;
  /** The meaning of each entry of a row's `norms` in the series store. */
  normSlots: NormSlot[];
  problem: { error: ErrorReport; fatal: boolean } | null;
  /** The fault whose banner a person dismissed. */
  dismissedFault: Fault | null;
  /** The evaluations of this run, oldest first. */
  evaluations: EvaluationPoint[];
  lastEvaluation: Partial<Record<Split, EvaluationPoint>>;
  /**
   * The live settings of this run, each with the first step that it applies to. They include those
   * of steps on their way.
   */
  liveChanges: LiveChange[];
}

/** The values that a new run begins with. */
export const NEW_RUN = {
  step: 0,
  epoch: 0,
  examplesPerSecond: 0,
  msPerStep: 0,
  dismissedFault: null,
  evaluations: [],
  lastEvaluation: {},
  liveChanges: [],
} satisfies Partial<RunStore>;

export const useRunStore = create<RunStore>()(() => ({
  ...NEW_RUN,
  backend: null,
  adapter: '',
  software: false,
  backendNote: '',
  machine: FIRST_STATE,
  dataset: null,
  datasetChoice: DEFAULT_DATASET.id,
  datasetWarning: null,
  progress: null,
  evaluating: null,
  settings: DEFAULT_SETTINGS,
  normSlots: [],
  problem: null,
}));

/**
 * The fault that halted the run, while its banner is shown; null if there is none or it was
 * dismissed.
 */
export function shownFault(state: RunStore): Fault | null {
  const fault = faultOf(state);
  return fault === state.dismissedFault ? null : fault;
}

/** Stores the backend that runs the networks from now on. */
export function showBackend({ backend, adapter, software, note }: BackendInfo): void {
  useRunStore.setState({ backend, adapter, software, backendNote: note });
}

/** Passes a request, or a message of the worker, to the run machine. */
export function dispatchRun(event: RunEvent): void {
  const { machine } = useRunStore.getState();
  const after = transition(machine, event);
  if (after !== machine) useRunStore.setState({ machine: after });
}
