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
  /** What is trained now, and how: read through `run-machine/selectors`. */
  machine: RunMachine;
  /** Steps done. */
  step: number;
  /** Epochs completed. */
  epoch: number;
  examplesPerSecond: number;
  msPerStep: number;
  dataset: DatasetInfo | null;
  /**
   * What was asked for, which need not be what could be had; null for data that a script brought
   * along.
   */
  datasetChoice: DatasetId | null;
  /** Why the data is not what was asked for. */
  datasetWarning: ErrorReport | null;
  /** Something that takes its time, such as a download. `fraction` in 0..1, null when unknown. */
  progress: { what: string; fraction: number | null } | null;
  /** Share of the evaluation under way that is done; null when none is. */
  evaluating: number | null;
  /** Settings on the page; those that the worker took are in `machine`. */
  settings: TrainSettings;
  /** What each entry of a row's `norms` in the series store is. */
  normSlots: NormSlot[];
  problem: { error: ErrorReport; fatal: boolean } | null;
  /** Why the run halted, once a person has dismissed the banner that says so. */
  dismissedFault: Fault | null;
  /** Of this run, oldest first. */
  evaluations: EvaluationPoint[];
  lastEvaluation: Partial<Record<Split, EvaluationPoint>>;
  /**
   * The live settings of the steps of this run, also of those on their way: each with the first step
   * that it holds for.
   */
  liveChanges: LiveChange[];
}

/** What a new run begins with. */
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

/** Why the run halted, as long as the banner says so; null where it did not, or was dismissed. */
export function shownFault(state: RunStore): Fault | null {
  const fault = faultOf(state);
  return fault === state.dismissedFault ? null : fault;
}

/** What the networks run on from now on. */
export function showBackend({ backend, adapter, software, note }: BackendInfo): void {
  useRunStore.setState({ backend, adapter, software, backendNote: note });
}

/** Tells the run machine what somebody asked for, or the worker said. */
export function dispatchRun(event: RunEvent): void {
  const { machine } = useRunStore.getState();
  const after = transition(machine, event);
  if (after !== machine) useRunStore.setState({ machine: after });
}
